package io.consort.service.limit;

/** Whether a request may go on. */
public sealed interface Verdict permits Admission, Exceeded {}
