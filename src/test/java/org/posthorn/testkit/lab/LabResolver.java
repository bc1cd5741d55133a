package org.posthorn.testkit.lab;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the one {@link Lab} of this JVM to every test that asks for it; JUnit closes it after the last test. */
final class LabResolver implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(LabResolver.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Lab.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Lab.class, key -> Lab.start(), Lab.class);
    }
}
