/* web/form_fields.h - fields that many forms have, of the members of TYPE that are called so. */
#pragma once

#include "web/form.h"

/* The version of the record that the form was opened with: who saves an older one is told so. */
#define FORM_VERSION(type)                                                                  \
    {                                                                                       \
        .name = "row_version", .label = N_("Version"), .kind = FIELD_INT, .max = INT64_MAX, \
        .offset = offsetof(type, row_version)                                               \
    }
/* Of a form that there is for stored records alone. */
#define FORM_VERSION_NEEDED(type)                                                           \
    {                                                                                       \
        .name = "row_version", .label = N_("Version"), .kind = FIELD_INT, .required = true, \
        .min = 1, .max = INT64_MAX, .offset = offsetof(type, row_version)                   \
    }

/* The two names that a thing of the settings has, MOST characters each; 120 of FORM_NAMES. */
#define FORM_NAME(type, member, label_, needed_, most)                                 \
    {                                                                                  \
        .name = #member, .label = (label_), .kind = FIELD_TEXT, .required = true,      \
        .needed = (needed_), .min = 1, .max = (most), .offset = offsetof(type, member) \
    }
#define FORM_NAMES_OF(type, most)                                                          \
    FORM_NAME(type, name_en, N_("Name in English"), N_("Enter a name in English."), most), \
        FORM_NAME(type, name_zh, N_("Name in Chinese"), N_("Enter a name in Chinese."), most)
#define FORM_NAMES(type) FORM_NAMES_OF(type, 120)

/* Its place among others, from 1; and whether it is in use. */
#define FORM_ORDER(type, member, most)                                                \
    {                                                                                 \
        .name = #member, .label = N_("Order"), .kind = FIELD_INT, .required = true,   \
        .needed = N_("Enter where in the order it stands."), .min = 1, .max = (most), \
        .offset = offsetof(type, member)                                              \
    }
#define FORM_IN_USE(type)                                            \
    {                                                                \
        .name = "active", .label = N_("In use"), .kind = FIELD_FLAG, \
        .offset = offsetof(type, active)                             \
    }
