/* programme/programme_apply.c - /apply: a company asks to become a partner.  Whatever is known of
 * it already, the answer is the same page: what is sent is written down, and nothing is looked up.
 */
#include "programme/programme_inside.h"
#include "programme/programme_rooms.h"

#include "account/match_keys.h"
#include "base/str.h"
#include "identity/identity.h"

enum {
    FILES_MOST = 5,
    BODY_MOST = 11 * 1024 * 1024,
    ANSWERS_MOST = 50,
    ANSWER_LENGTH = 1000,
};

struct application_input {
    const char *company_name, *country, *city, *address, *website, *tax_number;
    const char *contact_name, *contact_title, *email, *contact_phone;
    struct value_list question, answer; /* answers stand in the order of the questions */
    struct upload_list files;
    bool consent;
};

#define AT(member) .offset = offsetof(struct application_input, member)
#define TEXT(member, label_, most)                                                    \
    {                                                                                 \
        .name = #member, .label = label_, .kind = FIELD_TEXT, .max = most, AT(member) \
    }
static const struct field fields[] = {
    { .name = "company_name",
      .label = N_("Company name"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter the company’s name."),
      .min = 1,
      .max = 200,
      AT(company_name) },
    { .name = "country",
      .label = N_("Country"),
      .kind = FIELD_COUNTRY,
      .required = true,
      AT(country) },
    TEXT(city, N_("City"), 80),
    TEXT(address, N_("Address"), 300),
    { .name = "website",
      .label = N_("Web site"),
      .kind = FIELD_URL,
      .required = true,
      .needed = N_("Enter the company’s web site."),
      AT(website) },
    TEXT(tax_number, N_("Tax number"), 40),
    { .name = "contact_name",
      .label = N_("Your name"),
      .kind = FIELD_TEXT,
      .required = true,
      .needed = N_("Enter your name."),
      .min = 1,
      .max = 120,
      AT(contact_name) },
    TEXT(contact_title, N_("Job title"), 120),
    { .name = "email", .label = N_("E-mail"), .kind = FIELD_EMAIL, .required = true, AT(email) },
    { .name = "contact_phone", .label = N_("Phone"), .kind = FIELD_PHONE, AT(contact_phone) },
    { .name = "question", .label = N_("Question"), .kind = FIELD_ID, .list = true, AT(question) },
    { .name = "answer",
      .label = N_("Answer"),
      .kind = FIELD_LINES,
      .list = true,
      .max = ANSWER_LENGTH,
      AT(answer) },
    { .name = "files", .label = N_("Documents"), .kind = FIELD_FILES, AT(files) },
    { .name = "consent",
      .label = N_(
          "I speak for this company, and agree that what I send is kept and used to decide on this "
          "application."),
      .kind = FIELD_FLAG,
      .required = true,
      .needed = N_("Without your agreement nothing can be kept."),
      AT(consent) },
    { 0 },
};
const struct form application_form = { .name = "programme.apply",
                                       .fields = fields,
                                       .size_bytes = sizeof(struct application_input),
                                       .body_max_bytes = BODY_MOST,
                                       .lists_max = ANSWERS_MOST };

/* -- the page ------------------------------------------------------------------------------------
 */

static struct err *read_questions(struct request *req, struct application_question **rows_out,
                                  size_t *count_out)
{
    return err_pass(
        db_list(req->db, req->arena, &programme_sql_questions, DB_NO_ARGS, rows_out, count_out));
}

struct err *programme_apply_show(struct request *req)
{
    struct application_question *rows;
    size_t count;

    TRY(read_questions(req, &rows, &count));
    form_show(req, &application_form, NULL);
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(view_at(req->page, "Apply"), "Questions");

        view_int(row, "Id", rows[i].id);
        view_int(row, "Place", (int64_t)i);
        view_text(row, "Text", programme_word(req, rows[i].text_en, rows[i].text_zh));
        view_flag(row, "Optional", !rows[i].required);
    }
    page_title(req, tr(req, N_("Become a partner")));
    return NULL;
}

struct err *programme_applied_show(struct request *req)
{
    page_title(req, tr(req, N_("Your application is with us")));
    return NULL;
}

/* -- sending -------------------------------------------------------------------------------------
 */

/* What was answered to a question; "" when the form did not have it. */
static const char *answer_of(const struct application_input *in, int64_t question)
{
    for (size_t i = 0; i < in->question.count && i < in->answer.count; i++)
        if (in->question.numbers[i] == question)
            return in->answer.texts[i];
    return "";
}

static void judge_answers(struct request *req, const struct application_input *in,
                          const struct application_question *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].required && str_is_empty(answer_of(in, rows[i].id)))
            form_fault(req, "answer", (int)i, tr(req, N_("Please answer this question.")));
}

static struct err *add_answers(struct request *req, const struct application_input *in, int64_t id,
                               const struct application_question *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *answer = answer_of(in, rows[i].id);

        if (!str_is_empty(answer))
            TRY(db_exec(req->db, &programme_sql_answer_add,
                        DB_ARGS(DB_I(id), DB_I((int64_t)i), DB_I(rows[i].id), DB_S(rows[i].text_en),
                                DB_S(rows[i].text_zh), DB_S(answer)),
                        NULL));
    }
    return NULL;
}

static struct err *add_files(struct request *req, const struct upload_list *files, int64_t id)
{
    const struct attachment_owner owner = { .kind = "application", .object_id = id };
    const struct programme_rooms *rooms = req->rooms;

    for (size_t i = 0; i < files->count; i++)
        TRY(attachment_add(rooms->files, req->db, req->arena, &owner, &files->items[i]));
    return NULL;
}

static struct err *add_application(struct request *req, const struct application_input *in,
                                   int64_t *id_out)
{
    struct match_fields keys;

    match_fields_read(req->arena, in->tax_number, in->website, "", "", &keys);
    return err_pass(db_insert(
        req->db, &programme_sql_apply,
        DB_ARGS(DB_S(in->company_name), DB_S(in->country), DB_S(in->city), DB_S(in->address),
                DB_S(in->website), DB_S(in->tax_number), DB_S(keys.tax_id), DB_S(keys.domain),
                DB_S(in->contact_name), DB_S(in->contact_title), DB_S(in->contact_phone),
                DB_S(in->email), DB_S(identity_email_key(req->arena, in->email)),
                DB_S(lang_code(text_locale_lang(req->locale))), DB_S(req->remote_addr)),
        id_out));
}

struct err *programme_apply_post(struct request *req)
{
    const struct application_input *in = req->input;
    struct application_question *rows;
    size_t count;
    int64_t id;

    TRY(read_questions(req, &rows, &count));
    judge_answers(req, in, rows, count);
    if (in->files.count > FILES_MOST)
        form_fault(req, "files", -1, tr(req, N_("Send five documents at most.")));
    if (form_has_faults(req))
        return err_pass(form_refuse(req));
    TRY(add_application(req, in, &id));
    TRY(add_answers(req, in, id, rows, count));
    TRY(add_files(req, &in->files, id));
    TRY(request_audit(req, "application", id, NULL,
                      identity_json(req->arena, JSON_PAIRS({ "company", in->company_name },
                                                           { "state", "applied" }))));
    TRY(job_add(req->db, "programme.received", id, 0, NULL, NULL));
    return err_pass(reply_redirect(req, NULL, "/apply/done"));
}
