/* admin/demo_work.c - words that fit any sale, in the language of its customer. */
#include "admin/demo_work.h"

#include "base/clock.h"
#include "base/str.h"
#include "opportunity/opportunity_activity.h"

enum { DONE_EACH = 2, DUE_SPAN = 19, DUE_EARLY = 4 };

struct words {
    const char *kind, *people, *body;
    int minutes;
    bool inside; /* of staff alone */
};
static const struct words english[] = {
    { "call", "head of procurement", "They compare two offers and want delivery dates in writing.",
      20, false },
    { "meeting", "plant manager, IT lead",
      "Walked the site. Power and cooling are enough for the first phase; the second needs a new "
      "feed.",
      90, false },
    { "mail", "IT lead", "Sent the sizing sheet and the reference of a similar site.", 0, false },
    { "call", "finance",
      "The budget is approved for this quarter if the offer comes before its end.", 15, false },
    { "note", "", "Asked twice for the installation window; promised for next week.", 0, false },
    { "meeting", "management board", "Presented the business case. Questions on service times.", 60,
      false },
    { "note", "", "Two percent more room if they take the service contract with it.", 0, true },
};
static const struct words chinese[] = {
    { "call", "采购负责人", "客户正在比较两家方案，希望书面确认交期。", 20, false },
    { "meeting", "厂长、信息主管", "已勘查现场，一期供电与制冷满足要求，二期需新增线路。", 90,
      false },
    { "mail", "信息主管", "已发送选型表和同类项目案例。", 0, false },
    { "call", "财务", "本季度内报价即可使用已批预算。", 15, false },
    { "meeting", "管理层", "已汇报投资回报，重点询问服务响应时间。", 60, false },
    { "note", "", "若同时签服务合同，可再让两个点。", 0, true },
};
static const char *const tasks_english[] = {
    "Confirm the delivery dates in writing",
    "Arrange a visit of a reference site",
    "Send the service terms",
    "Ask for the installation window",
    "Prepare the offer for phase two",
};
static const char *const tasks_chinese[] = {
    "书面确认交期", "安排参观样板项目", "发送服务条款", "确认安装时间", "准备二期报价",
};

/* A time of the working day of AT. */
static int64_t in_hours(int64_t at, size_t number)
{
    return at / CLOCK_DAY * CLOCK_DAY + 8 * CLOCK_HOUR +
           (int64_t)(number * 37 % 31) * 15 * CLOCK_MINUTE;
}

static struct err *do_one(struct db *db, const struct actor *who, const struct opportunity *o,
                          const struct words *w, int64_t at)
{
    const struct opportunity_activity done = { .kind = w->kind,
                                               .at = at,
                                               .minutes = w->minutes,
                                               .people = w->people,
                                               .body = w->body,
                                               .inside = w->inside };

    if (w->inside && who->audience != AUD_STAFF)
        return NULL;
    return err_pass(opportunity_activity_add(db, who, o, &done));
}

struct err *demo_work_play(struct db *db, struct arena *a, const struct actor *who,
                           const struct opportunity *o, size_t number, int64_t at, int64_t now)
{
    const bool zh = str_eq(o->customer_country, "CN");
    const struct words *words = zh ? chinese : english;
    const size_t count = zh ? ARRAY_LEN(chinese) : ARRAY_LEN(english);
    const struct opportunity_task task = {
        .title = zh ? tasks_chinese[number % ARRAY_LEN(tasks_chinese)]
                    : tasks_english[number % ARRAY_LEN(tasks_english)],
        .due_on = (int32_t)(now / CLOCK_DAY) + (int32_t)(number * 7 % DUE_SPAN) - DUE_EARLY,
        .owner_user_id = who->user_id,
        .owner_name = who->name,
        .owner_account_id = who->account_id,
    };

    for (size_t i = 0; i < DONE_EACH; i++)
        TRY(do_one(db, who, o, &words[(number + i * 3) % count],
                   in_hours(at + (now - at) * (int64_t)(i + 1) / (DONE_EACH + 2), number + i)));
    if (!str_eq(o->state, "open"))
        return NULL;
    return err_pass(opportunity_task_put(db, a, who, o, &task, 0));
}
