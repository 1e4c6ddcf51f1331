/* report/report_period.c */
#include "report/report_period.h"

#include "base/str.h"

/* The first day of the month that is MONTHS after that of DAY, by steps of LENGTH months that begin
 * with the year. */
static int32_t begins(int32_t day, int length, int steps)
{
    int year, month, mday, months;

    day_to_civil(day, &year, &month, &mday);
    months = year * 12 + (month - 1) / length * length + steps * length;
    return day_from_civil(months / 12, months % 12 + 1, 1);
}

static struct report_period calendar(int32_t today, int length, int steps)
{
    return (struct report_period){ begins(today, length, steps),
                                   begins(today, length, steps + 1) - 1 };
}

struct report_period report_period_of(const struct report_filter *f, int32_t today)
{
    static const struct {
        const char *code;
        int length, steps;
    } calendars[] = { { "this_month", 1, 0 },    { "last_month", 1, -1 }, { "this_quarter", 3, 0 },
                      { "last_quarter", 3, -1 }, { "this_year", 12, 0 },  { "last_year", 12, -1 } };
    const char *code = f->op->code;

    for (size_t i = 0; i < ARRAY_LEN(calendars); i++)
        if (str_eq(calendars[i].code, code))
            return calendar(today, calendars[i].length, calendars[i].steps);
    if (str_eq(code, "last_days"))
        return (struct report_period){ today - (int32_t)f->number, today };
    if (str_eq(code, "next_days"))
        return (struct report_period){ today, today + (int32_t)f->number };
    return (struct report_period){ str_eq(code, "until") ? DAY_NONE : f->day,
                                   str_eq(code, "from") ? DAY_NONE : f->day };
}
