/* account/match_jobs.h - counts again how many parties hold each gram: the conflict check asks for
 * the rare ones first.  Once an hour; a new gram has no count yet and counts as rare. */
#pragma once

#include "job/queue.h"

extern const struct job_kind match_jobs[];
