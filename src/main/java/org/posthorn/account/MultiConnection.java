package org.posthorn.account;

/** Whether heavy work (survey, bulk fetch, append and send) is spread over several connections. */
public enum MultiConnection {
    ON,
    OFF
}
