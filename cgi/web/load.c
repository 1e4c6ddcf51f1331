/* web/load.c - loading what workers share. */
#include "web/load.h"

#include "text/format.h"
#include "text/lang.h"
#include "web/route_check.h"

#include <stdio.h>
#include <stdlib.h>

/* Locales and formats stay for the life of the process. */
static struct err *load_locales(const struct conf *conf)
{
    TRY(lang_init(conf->locale_dir));
    return err_pass(text_format_init());
}

static struct err *load_templates(const struct program *program, struct loaded *loaded, bool gently)
{
    char manifest[600];

    snprintf(manifest, sizeof(manifest), "%s/manifest.txt", loaded->conf.static_dir);
    TRY(templates_new(loaded->conf.templates, manifest, loaded->conf.dev != 0, &loaded->templates));
    return err_pass(pages_load(program, loaded->templates, gently));
}

struct err *loaded_new(const struct program *program, bool gently, struct loaded **out)
{
    struct loaded *loaded = calloc(1, sizeof(*loaded));
    struct err *e;

    if (loaded == NULL)
        return err_raise(ERR_CONFIG, "no memory for the templates");
    loaded->program = program;
    e = conf_read(&loaded->conf);
    if (e != NULL) {
        free(loaded);
        return err_pass(e);
    }
    e = load_locales(&loaded->conf);
    if (e == NULL)
        e = load_templates(program, loaded, gently);
    if (e == NULL && program->rooms_open != NULL)
        e = program->rooms_open(&loaded->conf, &loaded->rooms);
    if (e != NULL) {
        loaded_free(loaded);
        return err_pass(e);
    }
    *out = loaded;
    return NULL;
}

void loaded_free(struct loaded *loaded)
{
    if (loaded == NULL)
        return;
    if (loaded->rooms != NULL)
        loaded->program->rooms_close(loaded->rooms);
    templates_free(loaded->templates);
    conf_free(&loaded->conf);
    free(loaded);
}
