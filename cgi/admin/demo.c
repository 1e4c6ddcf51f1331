/* admin/demo.c - runs the files of sql/demo, makes passwords and second factors, says who can log
 * in. */
#include "admin/demo.h"

#include "account/match_find.h"
#include "admin/demo_deals.h"
#include "admin/demo_leads.h"
#include "admin/demo_opportunities.h"
#include "base/arena.h"
#include "base/str.h"
#include "crypt/password.h"
#include "crypt/random.h"
#include "crypt/totp.h"
#include "text/format.h"
#include "text/norm.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX_BYTES = 1 << 20, PASSWORD_GROUPS = 4, GROUP_CHARS = 4, SHOWN_PEOPLE = 12 };

struct person {
    int64_t id;
    const char *email, *audience, *role;
    bool second_factor_needed;
    char totp_secret[TOTP_SECRET_TEXT_BYTES]; /* "" for none */
};

static const struct db_field person_fields[] = {
    DB_FIELD(struct person, id, DB_I64, 0),
    DB_FIELD(struct person, email, DB_TEXT, 1016),
    DB_FIELD(struct person, audience, DB_TEXT, 10),
    DB_FIELD(struct person, role, DB_TEXT, 40),
    DB_FIELD(struct person, second_factor_needed, DB_BOOL, 0),
    { 0 },
};

/* One of each role first: the head of the list is then a good choice for trying things out. */
static const struct db_stmt list_people = {
    .name = "demo.people",
    .sql = "SELECT p.id, p.email, p.audience, p.role, p.second_factor_needed FROM ("
           " SELECT u.id, u.email, u.audience, u.second_factor_needed, r.code AS role,"
           " ROW_NUMBER() OVER (PARTITION BY u.audience, r.code ORDER BY u.id) AS nth"
           " FROM user u JOIN user_role ur ON ur.user_id = u.id JOIN role r ON r.id = ur.role_id"
           " LEFT JOIN credential c ON c.user_id = u.id"
           " WHERE u.status = 'active' AND u.email LIKE '%.example' AND c.user_id IS NULL) p"
           " ORDER BY p.nth, FIELD(p.audience, 'partner', 'customer', 'staff'), p.id",
    .binds = "",
    .fields = person_fields,
    .row_bytes = sizeof(struct person),
    .flags = DB_WHOLE_TABLE,
};

struct count_row {
    int64_t n;
};

static const struct db_field count_fields[] = { DB_FIELD(struct count_row, n, DB_I64, 0), { 0 } };

static const struct db_stmt find_first_person = {
    .name = "demo.loaded",
    .sql = "SELECT COUNT(*) AS n FROM user WHERE email_key = 'henrik.halvorsen@halden.example'",
    .binds = "",
    .fields = count_fields,
    .row_bytes = sizeof(struct count_row),
};

static const struct db_stmt count_strays = {
    .name = "demo.without_role",
    .sql = "SELECT COUNT(*) AS n FROM user u LEFT JOIN user_role ur ON ur.user_id = u.id"
           " WHERE u.email LIKE '%.example' AND ur.user_id IS NULL",
    .binds = "",
    .fields = count_fields,
    .row_bytes = sizeof(struct count_row),
};

static const struct db_field party_fields[] = {
    DB_FIELD(struct match_party, id, DB_I64, 0),
    DB_FIELD(struct match_party, group_id, DB_I64, 0),
    DB_FIELD(struct match_party, name, DB_TEXT, 800),
    DB_FIELD(struct match_party, country, DB_TEXT, 2),
    DB_FIELD(struct match_party, tax_number, DB_TEXT, 160),
    DB_FIELD(struct match_party, website, DB_TEXT, 800),
    DB_FIELD(struct match_party, phone, DB_TEXT, 160),
    DB_FIELD(struct match_party, address, DB_TEXT, 1200),
    DB_FIELD(struct match_party, named, DB_BOOL, 0),
    DB_FIELD(struct match_party, customer, DB_BOOL, 0),
    { 0 },
};

static const struct db_stmt list_end_customers = {
    .name = "demo.end_customers",
    .sql = "SELECT id, group_id, name, country, tax_number, website, phone, address, named,"
           " kind = 'customer' AS customer FROM account WHERE kind IN ('customer', 'prospect')"
           " AND deleted_at IS NULL",
    .binds = "",
    .fields = party_fields,
    .row_bytes = sizeof(struct match_party),
    .flags = DB_WHOLE_TABLE,
};

static const struct db_stmt insert_credential = {
    .name = "demo.credential",
    .sql = "INSERT INTO credential (user_id, password_hash, changed_at)"
           " VALUES (?, ?, UTC_TIMESTAMP(6))",
    .binds = "is",
    .flags = DB_WRITE,
};

static const struct db_stmt insert_second_factor = {
    .name = "demo.second_factor",
    .sql = "INSERT INTO second_factor (user_id, secret, confirmed_at, last_step)"
           " VALUES (?, ?, UTC_TIMESTAMP(6), 0)",
    .binds = "ib",
    .flags = DB_WRITE,
};

static struct err *read_text(struct arena *a, const char *path, char **text_out)
{
    FILE *f = fopen(path, "re");
    size_t len;

    if (f == NULL)
        return err_raise(ERR_CONFIG, "cannot read %s: %s", path, strerror(errno));
    *text_out = arena_alloc(a, FILE_MAX_BYTES);
    len = fread(*text_out, 1, FILE_MAX_BYTES, f);
    fclose(f);
    if (len == FILE_MAX_BYTES)
        return err_raise(ERR_CONFIG, "%s is too long for a demo file", path);
    return NULL;
}

static struct err *run_files(struct db *db, struct arena *a, const glob_t *files)
{
    for (size_t i = 0; i < files->gl_pathc; i++) {
        char *sql;

        TRY(read_text(a, files->gl_pathv[i], &sql));
        TRY(db_script(db, sql));
    }
    return NULL;
}

static struct err *load_companies(struct db *db, struct arena *a, const char *sql_dir)
{
    glob_t files = { 0 };
    struct err *e;

    if (glob(arena_printf(a, "%s/demo/[0-9][0-9]_*.sql", sql_dir), 0, NULL, &files) != 0)
        return err_raise(ERR_CONFIG, "there are no files %s/demo/NN_*.sql", sql_dir);
    e = run_files(db, a, &files); /* glob() sorts by name */
    globfree(&files);
    return err_pass(e);
}

/* Easy to type, hard to guess: 16 characters of 31 that are not mixed up with each other, 79 bits.
 */
static void make_password(char out[PASSWORD_GROUPS * (GROUP_CHARS + 1)])
{
    static const char letters[] = "23456789abcdefghjkmnpqrstuvwxyz";
    char *p = out;

    for (int group = 0; group < PASSWORD_GROUPS; group++) {
        for (int i = 0; i < GROUP_CHARS; i++) {
            unsigned char byte;

            do
                crypt_random(&byte, 1);
            while (byte >= 256 - 256 % (sizeof(letters) - 1));
            *p++ = letters[byte % (sizeof(letters) - 1)];
        }
        *p++ = group == PASSWORD_GROUPS - 1 ? '\0' : '-';
    }
}

static struct err *add_second_factor(struct db *db, struct person *person)
{
    unsigned char secret[TOTP_SECRET_BYTES];
    struct err *e;

    totp_secret_new(secret);
    totp_secret_text(secret, person->totp_secret);
    e = db_exec(db, &insert_second_factor, DB_ARGS(DB_I(person->id), DB_B(secret, sizeof(secret))),
                NULL);
    crypt_wipe(secret, sizeof(secret));
    return err_pass(e);
}

/* All share one password, which is printed, so they may as well share its hash: one is a tenth of a
 * second, sixty would be six. */
static struct err *add_credentials(struct db *db, struct person *people, size_t count,
                                   const char *password)
{
    char hash[PASSWORD_HASH_BYTES];

    TRY(password_hash(password, strlen(password), hash));
    for (size_t i = 0; i < count; i++) {
        TRY(db_exec(db, &insert_credential, DB_ARGS(DB_I(people[i].id), DB_S(hash)), NULL));
        if (people[i].second_factor_needed)
            TRY(add_second_factor(db, &people[i]));
    }
    return NULL;
}

static struct err *check_roles(struct db *db, struct arena *a)
{
    struct count_row strays = { 0 };

    TRY(db_get(db, a, &count_strays, DB_NO_ARGS, &strays));
    if (strays.n != 0)
        return err_raise(ERR_CONFIG, "%lld people of the demo company have roles that do not exist",
                         (long long)strays.n);
    return NULL;
}

/* The conflict check reads keys made of names, never the accounts themselves. */
static struct err *index_end_customers(struct db *db, struct arena *a, struct match_names *names)
{
    struct match_party *parties;
    size_t count;

    TRY(db_list(db, a, &list_end_customers, DB_NO_ARGS, &parties, &count));
    for (size_t i = 0; i < count; i++)
        TRY(match_index(db, a, names, &parties[i]));
    return err_pass(match_count_grams(db));
}

/* Mail addresses and codes of our own files: nothing in them needs quoting. */
static struct err *write_people(const char *path, const struct person *people, size_t count,
                                const char *password)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");

    if (f == NULL)
        return err_raise(ERR_IO, "cannot write %s: %s", path, strerror(errno));
    fchmod(fd, 0600);
    fprintf(f, "email,password,audience,role,totp_secret\n");
    for (size_t i = 0; i < count; i++)
        fprintf(f, "%s,%s,%s,%s,%s\n", people[i].email, password, people[i].audience,
                people[i].role, people[i].totp_secret);
    if (fclose(f) != 0)
        return err_raise(ERR_IO, "cannot write %s: %s", path, strerror(errno));
    return NULL;
}

static void show_people(FILE *out, const char *path, const struct person *people, size_t count,
                        const char *password)
{
    fprintf(out, "The demo company Halden Compute is loaded: %zu people may log in.\n", count);
    fprintf(out, "Everybody's password: %s\n", password);
    for (size_t i = 0; i < count && i < SHOWN_PEOPLE; i++)
        fprintf(out, "  %-8s  %-16s  %s\n", people[i].audience, people[i].role, people[i].email);
    fprintf(out, "All of them, with the authenticator secrets of staff: %s\n", path);
}

struct load {
    const struct conf *conf;
    FILE *out;
    struct arena *arena;
    struct text_ctx *text;
    struct match_names *names;
    char password[PASSWORD_GROUPS * (GROUP_CHARS + 1)];
    const char *path, *new_path;
    struct person *people;
    size_t count;
    bool loaded;
};

static void say(const struct load *load, const char *line)
{
    fprintf(load->out, "%s\n", line);
    fflush(load->out);
}

static struct err *load_all(struct db *db, void *arg)
{
    struct load *load = arg;
    struct count_row there = { 0 };

    load->loaded = false;
    TRY(demo_set_clock(db, 0)); /* it may be another run of this */
    TRY(db_get(db, load->arena, &find_first_person, DB_NO_ARGS, &there));
    if (there.n != 0)
        return NULL;
    say(load, "companies, people, calendars");
    TRY(load_companies(db, load->arena, load->conf->sql_dir));
    TRY(check_roles(db, load->arena));
    TRY(index_end_customers(db, load->arena, load->names));
    say(load, "registrations of nine months");
    TRY(demo_deals_play(db, load->names, load->text));
    say(load, "opportunities");
    TRY(demo_opportunities_play(db, load->names, load->text));
    say(load, "leads of six weeks");
    TRY(demo_leads_play(db, load->names, load->text));
    say(load, "passwords");
    TRY(db_list(db, load->arena, &list_people, DB_NO_ARGS, &load->people, &load->count));
    TRY(add_credentials(db, load->people, load->count, load->password));
    /* Written before the commit under another name: a password that nobody knows is worse than a
     * file that nobody needs. */
    TRY(write_people(load->new_path, load->people, load->count, load->password));
    load->loaded = true;
    return NULL;
}

static struct err *load_once(struct db *db, struct load *load)
{
    struct err *e = db_transaction(db, load_all, load);

    if (err_is(e, ERR_DUPLICATE)) {
        err_free(e);
        return err_raise(ERR_CONFLICT, "the demo company needs a portal without accounts");
    }
    TRY(e);
    if (!load->loaded)
        return NULL;
    if (rename(load->new_path, load->path) != 0)
        return err_raise(ERR_IO, "cannot rename %s: %s", load->new_path, strerror(errno));
    say(load, "what the rules decide, and figures");
    TRY(demo_deals_settle(db, load->names));
    show_people(load->out, load->path, load->people, load->count, load->password);
    return NULL;
}

static struct err *load_with(struct db *db, struct load *load)
{
    struct err *e, *reset;

    load->path = arena_printf(load->arena, "%s/demo-people.csv", load->conf->var);
    load->new_path = arena_printf(load->arena, "%s.new", load->path);
    make_password(load->password);
    TRY(text_format_init());
    TRY(text_ctx_new(&load->text));
    TRY(match_names_new(load->text, &load->names));
    e = load_once(db, load);
    reset = demo_set_clock(db, 0);
    if (e == NULL)
        return err_pass(reset);
    err_free(reset);
    return err_pass(e);
}

struct err *demo_load(struct db *db, const struct conf *conf, FILE *out, bool *loaded_out)
{
    struct load load = { .conf = conf, .out = out, .arena = arena_new(64 * 1024) };
    struct err *e = load_with(db, &load);

    *loaded_out = e == NULL && load.loaded;
    crypt_wipe(load.password, sizeof(load.password));
    match_names_free(load.names);
    text_ctx_free(load.text);
    arena_free(load.arena);
    return err_pass(e);
}
