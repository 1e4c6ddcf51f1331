/* custom/custom_form.h - the vendor's own fields in forms and on pages.
 *
 * A form of a kind has .more = custom_more_KIND and a struct form_more in its input; its page takes
 * the stored values from custom_stored(), its POST ends with custom_save(). */
#pragma once

#include "custom/custom.h"
#include "web/form.h"
#include "web/request.h"

enum custom_eyes custom_eyes_of(const struct request *req);
const char *custom_field_name(struct arena *a, const struct custom_field *field);
/* As a person reads it. */
const char *custom_said(struct request *req, const struct custom_field *field,
                        const struct custom_value *value);

struct err *custom_more_account(struct request *req, struct form_more *more_out);
struct err *custom_more_contact(struct request *req, struct form_more *more_out);
struct err *custom_more_opportunity(struct request *req, struct form_more *more_out);
struct err *custom_more_deal(struct request *req, struct form_more *more_out);
struct err *custom_more_deal_vendor(struct request *req, struct form_more *more_out);

/* What a record has, for form_show(); OBJECT_ID 0: a new one.  In a choice stand the options that
 * are offered, and the record's own. */
struct err *custom_stored(struct request *req, enum custom_kind kind, int64_t object_id,
                          struct form_more *more_out);
struct err *custom_stored_part(struct request *req, enum custom_kind kind, enum custom_part part,
                               int64_t object_id, struct form_more *more_out);

/* A draft needs nothing: faults at the fields that are required and empty, for when it is sent. */
void custom_demand(struct request *req, const struct form_more *more);
/* A draft that two people changed: beside each field one called custom_keep_name(), "theirs" when
 * what is stored stays... */
struct err *custom_more_deal_merge(struct request *req, struct form_more *more_out);
const char *custom_keep_name(struct arena *a, const char *name);
/* ... and MORE without those fields. */
void custom_leave(struct arena *a, struct form_more *more);

/* A row {Label,Value} of V.NAME for each field in which the record has a value. */
struct err *custom_show(struct request *req, struct view *v, const char *name,
                        enum custom_kind kind, int64_t object_id);
/* Writes what was typed where it differs, with an event in the trail of record AUDIT_ID.  In the
 * transaction that has changed the record under its version.  A refusal of the form for an option
 * that is not offered any more. */
struct err *custom_save(struct request *req, enum custom_kind kind, int64_t object_id,
                        int64_t audit_id, const struct form_more *more);

/* CODE is that of a choice which is not offered any more, and what is said of it there: an English
 * message id. */
bool custom_is_off(const struct custom_field *field, const char *code);
extern const char *const custom_off_words;

/* What FROM has in fields that the reader may change, for TO, which is new; the trail says so. */
struct err *custom_copy(struct request *req, enum custom_kind kind, int64_t from, int64_t to);

/* What was typed in a field, as OBJECT_ID's. */
struct custom_value custom_value_of(const struct custom_field *field, int64_t object_id,
                                    const struct form_value *typed);

/* Of two records that become one: a form's fields that say for each which side's value stays... */
struct err *custom_picks(struct request *req, enum custom_kind kind, const struct choice *sides,
                         struct form_more *more_out);
/* ... and KEPT takes GONE's where WORD was picked, or where nothing was and it has none itself. */
struct err *custom_merge(struct request *req, enum custom_kind kind, int64_t kept, int64_t gone,
                         const struct form_more *picks, const char *word);
