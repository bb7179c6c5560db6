package org.citystream.model.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** What an event is about; {@code id} is unique within its type. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Subject(SubjectType type, String id, @Nullable String name) {}
