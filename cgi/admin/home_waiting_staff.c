/* admin/home_waiting_staff.c */
#include "admin/home_waiting.h"

#include "base/str.h"

enum { HOLDERS = 12 };

#define MEMBER(kind) kind,
struct count_row {
    int64_t WAITING_COUNTS(MEMBER) person_id;
    const char *person_name;
};
#define FIELD(kind) DB_FIELD(struct count_row, kind, DB_I64, 0),
static const struct db_field fields[] = {
    DB_FIELD(struct count_row, person_id, DB_I64, 0),
    DB_FIELD(struct count_row, person_name, DB_TEXT, 480),
    WAITING_COUNTS(FIELD){ 0 },
};
/* The scope of access/scope.h; department 0 is none, and person 0 is nobody. */
#define SUM_OF(kind) ", CAST(SUM(w." #kind ") AS INT) AS " #kind
#define SUMS         WAITING_COUNTS(SUM_OF)
static const struct db_stmt counts = {
    .name = "home.waiting.staff",
    .sql = "SELECT w.person_id, COALESCE(u.name, '') AS person_name" SUMS " FROM waiting_count w "
           "LEFT JOIN user u ON u.id = w.person_id "
           "WHERE (w.department_id BETWEEN ? AND ? OR w.department_id = 0 OR w.person_id = ?) "
           "GROUP BY w.person_id, u.name "
           "ORDER BY SUM(w.late + w.soon + w.today + w.later + w.undated) DESC, w.person_id",
    .binds = "iii",
    .fields = fields,
    .row_bytes = sizeof(struct count_row),
    .flags = DB_STAFF_SCOPE | DB_WHOLE_TABLE,
};
db_stmt_table home_waiting_staff_statements[] = { &counts, NULL };

static int64_t open_of(const struct count_row *row)
{
    return row->late + row->soon + row->today + row->later + row->undated;
}

static int64_t sum(const struct count_row *rows, size_t count, size_t offset)
{
    int64_t all = 0;

    for (size_t i = 0; i < count; i++)
        all += *(const int64_t *)(const void *)((const char *)&rows[i] + offset);
    return all;
}

/* -- what must be answered -----------------------------------------------------------------------
 */

/* Each opens the list that has as many rows. */
struct work_kind {
    const char *label, *icon, *address;
    size_t offset;
    enum permission permission;
};
#define AT(member) offsetof(struct count_row, member)
static const struct work_kind works[] = {
    { N_("Leads that the rules leave to a person"), "hand-stop", "/staff/leads?view=held",
      AT(leads_held), PERM_LEAD_ASSIGN },
    { N_("Leads that partners ask for"), "user-star", "/staff/leads?view=wished", AT(leads_wished),
      PERM_LEAD_ASSIGN },
    { N_("Leads without a partner"), "sparkles", "/staff/leads?view=free", AT(leads_free),
      PERM_LEAD_ASSIGN },
    { N_("Appeals"), "scale", "/staff/deals?view=appeal", AT(appeals), PERM_DEAL_DECIDE },
    { N_("Changes asked for"), "edit", "/staff/deals?view=amend", AT(changes), PERM_DEAL_DECIDE },
    { N_("Extensions asked for"), "calendar-plus", "/staff/deals?view=extension", AT(extensions),
      PERM_DEAL_DECIDE },
    { N_("New applications"), "user-plus", "/staff/applications?view=applied", AT(applied),
      PERM_PROGRAMME_REVIEW },
    { N_("Applications in review"), "eye", "/staff/applications?view=review", AT(in_review),
      PERM_PROGRAMME_REVIEW },
    { N_("Tier reviews to decide"), "award", "/staff/tier-reviews?view=open", AT(tier_reviews),
      PERM_PROGRAMME_MANAGE },
};

static void show_works(struct request *req, const struct count_row *rows, size_t count)
{
    struct view *card = NULL;

    for (size_t i = 0; i < ARRAY_LEN(works); i++) {
        const struct work_kind *work = &works[i];
        const int64_t n =
            actor_may(req->actor, work->permission) ? sum(rows, count, work->offset) : 0;

        if (n == 0)
            continue;
        if (card == NULL)
            card = home_begin(req, HOME_MAIN, "waiting", tr(req, N_("Waiting for you")));
        home_work(card, &(struct home_work){ .tone = "wait",
                                             .icon = work->icon,
                                             .title = tr(req, work->label),
                                             .text = trn(req, "%s waits", "%s wait", n),
                                             .address = work->address,
                                             .action = tr(req, N_("Look")) });
    }
}

/* -- open registrations --------------------------------------------------------------------------
 */

static void add_count(struct request *req, struct view *card, const char *tone, const char *label,
                      const char *address, int64_t n, int64_t most)
{
    home_bar(card, &(struct home_bar){ .tone = tone,
                                       .title = label,
                                       .address = address,
                                       .text = text_number(req->locale, req->arena, n),
                                       .label = label,
                                       .value = n,
                                       .most = most });
}

static void show_left(struct request *req, const struct count_row *rows, size_t count)
{
    static const struct {
        const char *tone, *label;
        size_t offset;
    } ages[] = {
        { "bad", N_("Late"), AT(late) },
        { "wait", N_("Due within 4 hours"), AT(soon) },
        { "info", N_("Due within a day"), AT(today) },
        { "good", N_("Later"), AT(later) },
    };
    struct view *card =
        home_begin(req, HOME_SIDE, "left", tr(req, N_("Open registrations by time left")));
    int64_t most = 0;

    for (size_t i = 0; i < ARRAY_LEN(ages); i++)
        most += sum(rows, count, ages[i].offset);
    for (size_t i = 0; i < ARRAY_LEN(ages); i++)
        add_count(req, card, ages[i].tone, tr(req, ages[i].label), "",
                  sum(rows, count, ages[i].offset), most);
    home_link(card, tr(req, N_("All open registrations")), "/staff/deals?view=open");
}

static void show_holder(struct request *req, struct view *card, const struct count_row *row,
                        int64_t most)
{
    const int64_t n = open_of(row);

    if (row->person_id == 0)
        add_count(req, card, "wait", tr(req, N_("Nobody yet")), "/staff/deals?view=unassigned", n,
                  most);
    else if (row->person_id == req->actor->user_id)
        add_count(req, card, "info", tr(req, N_("You")), "/staff/deals?view=mine", n, most);
    else
        add_count(req, card, "info", row->person_name, "", n, most);
}

/* ROWS begin with whoever has most. */
static void show_holders(struct request *req, const struct count_row *rows, size_t count)
{
    struct view *card = home_begin(req, HOME_SIDE, "holders", tr(req, N_("Who has what")));
    size_t shown = 0;

    while (shown < count && shown < HOLDERS && open_of(&rows[shown]) > 0)
        show_holder(req, card, &rows[shown++], open_of(&rows[0]));
    if (shown == 0)
        home_empty(card, "circle-check", tr(req, N_("Nothing is open")),
                   tr(req, N_("Who has which registrations stands here.")));
}

static struct err *show_cards(struct request *req)
{
    const struct actor *actor = req->actor;
    struct count_row *rows;
    size_t count;

    TRY(db_list(
        req->db, req->arena, &counts,
        DB_ARGS(DB_I(actor->department_low), DB_I(actor->department_high), DB_I(actor->user_id)),
        &rows, &count));
    show_works(req, rows, count);
    if (!actor_may(actor, PERM_DEAL_VIEW))
        return NULL;
    show_left(req, rows, count);
    show_holders(req, rows, count);
    return NULL;
}

const struct home_card home_waiting_staff = { .permission = PERM_HOME, .cards = show_cards };
