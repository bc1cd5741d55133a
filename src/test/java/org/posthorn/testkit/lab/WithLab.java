package org.posthorn.testkit.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Marks a test class that talks to real servers: it runs with {@code mvn test -Plab} only and may take a {@link Lab}. */
@Tag("lab")
@ExtendWith(LabResolver.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface WithLab {}
