package dev.convoy.config.data;

import dev.convoy.api.PublicApi;

/** Says what is done about a record that can't be read, or whose label is none of the classes. */
@PublicApi
public sealed interface BadRecordRule permits Fail, Skip {}
