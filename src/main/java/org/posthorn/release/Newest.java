package org.posthorn.release;

import java.net.URI;

/** What a look at the published releases has shown. */
public sealed interface Newest {

    /** This copy is the newest one. */
    record ThisOne() implements Newest {}

    /**
     * A later one has been published.
     *
     * @param page where a person reads about it and fetches it
     */
    record Newer(String version, URI page) implements Newest {}

    /** It could not be found out; the sentence says why and what to do. */
    record NotKnown(String sentence) implements Newest {}
}
