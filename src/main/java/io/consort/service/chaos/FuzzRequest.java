package io.consort.service.chaos;

/**
 * Bytes that somebody might send instead of a request.
 *
 * @param kind what is wrong with them
 * @param bytes as they go over the wire; owned by the reader
 * @param whole whether an answer can be expected before the sender has closed its side
 */
record FuzzRequest(String kind, byte[] bytes, boolean whole) {}
