package dev.convoy.config.data;

import dev.convoy.api.PublicApi;

/** Refuses the data, and names the first bad record. */
@PublicApi
public record Fail() implements BadRecordRule {}
