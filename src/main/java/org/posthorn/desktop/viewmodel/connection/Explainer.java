package org.posthorn.desktop.viewmodel.connection;

import org.posthorn.account.Endpoint;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.Timeline;

/** Says why a test failed and what to change. */
public interface Explainer {

    FailureCard explain(Endpoint endpoint, Timeline timeline, Failure failure);
}
