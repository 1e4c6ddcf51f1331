/* receipt/receipt_jobs.h - what the worker does for receipts: signs statements as they come, and
 * appends to the log every 20 seconds.  Both are safe beside other workers. */
#pragma once

#include "job/queue.h"

extern const struct job_kind receipt_jobs[];
