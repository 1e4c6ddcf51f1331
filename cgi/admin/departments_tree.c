/* admin/departments_tree.c - see departments_tree.h.
 *
 * A department takes a part of the largest gap between those that stand beside it.  Where no gap is
 * large enough, the whole tree gets new ids above all that were ever used, with room in between: so
 * no new id is one that another department still has. */
#include "admin/departments_tree.h"

enum { ROOM_EACH = 1000, ROOM_IN_GAP = 8 };

struct tree {
    struct department_node *nodes;
    size_t count, moved;
    int64_t below;
};

struct gap {
    int64_t low, high; /* low > high: none */
};

static int64_t width(struct gap gap)
{
    return gap.high - gap.low + 1;
}

static size_t find(const struct tree *t, int64_t id)
{
    size_t i = 0;

    while (i < t->count && t->nodes[i].id != id)
        i++;
    return i;
}

/* The parent as it will be. */
static int64_t parent_of(const struct tree *t, size_t i)
{
    return i == t->moved ? t->below : t->nodes[i].parent_id;
}

static bool is_below(const struct tree *t, size_t i, int64_t id)
{
    for (size_t steps = 0; steps <= t->count; steps++) {
        if (t->nodes[i].id == id)
            return true;
        if (t->nodes[i].parent_id == 0)
            return false;
        i = find(t, t->nodes[i].parent_id);
        if (i == t->count)
            return false;
    }
    return true; /* a circle: whoever asks must not make it longer */
}

static bool may_stand(const struct tree *t)
{
    const size_t at = find(t, t->below);

    if (t->below == 0)
        return true;
    return at < t->count && (t->nodes[t->moved].id == 0 || !is_below(t, at, t->nodes[t->moved].id));
}

static size_t measure(struct tree *t, size_t i)
{
    struct department_node *n = &t->nodes[i];

    n->size = 1;
    for (size_t k = 0; n->id != 0 && k < t->count; k++)
        if (k != i && parent_of(t, k) == n->id)
            n->size += measure(t, k);
    return n->size;
}

/* Gives node I the range, and those below it their shares of what it leaves. */
static void lay_out(struct tree *t, size_t i, struct gap range)
{
    struct department_node *n = &t->nodes[i];
    const int64_t spare = width(range) - (int64_t)n->size;
    int64_t at = range.low + 1;

    n->new_id = range.low;
    n->new_last_id = range.high;
    for (size_t k = 0; n->id != 0 && k < t->count; k++) {
        int64_t share;

        if (k == i || parent_of(t, k) != n->id)
            continue;
        share = (int64_t)t->nodes[k].size + spare * (int64_t)t->nodes[k].size / (int64_t)n->size;
        lay_out(t, k, (struct gap){ at, at + share - 1 });
        at += share;
    }
}

static int64_t highest(const struct tree *t)
{
    int64_t most = 0;

    for (size_t i = 0; i < t->count; i++)
        if (t->nodes[i].last_id > most)
            most = t->nodes[i].last_id;
    return most;
}

/* The first department that begins in the range, so that what lies before it is free. */
static const struct department_node *first_in(const struct tree *t, struct gap range)
{
    const struct department_node *first = NULL;

    for (size_t i = 0; i < t->count; i++)
        if (t->nodes[i].id >= range.low && t->nodes[i].id <= range.high &&
            (first == NULL || t->nodes[i].id < first->id))
            first = &t->nodes[i];
    return first;
}

static struct gap largest_gap(const struct tree *t, struct gap range)
{
    struct gap best = { 1, 0 };

    while (width(range) > 0) {
        const struct department_node *next = first_in(t, range);
        const struct gap free = { range.low, next != NULL ? next->id - 1 : range.high };

        if (width(free) > width(best))
            best = free;
        if (next == NULL)
            break;
        range.low = next->last_id + 1;
    }
    return best;
}

static struct gap room_below(const struct tree *t)
{
    const struct department_node *parent;

    if (t->below == 0)
        return (struct gap){ highest(t) + 1, highest(t) + ROOM_EACH };
    parent = &t->nodes[find(t, t->below)];
    return largest_gap(t, (struct gap){ parent->id + 1, parent->last_id });
}

/* Half a gap for one, so that another finds room, too; never less than it needs. */
static struct gap part_of(struct gap gap, int64_t needed)
{
    int64_t taken = width(gap) / 2;

    if (taken > needed * ROOM_IN_GAP)
        taken = needed * ROOM_IN_GAP;
    if (taken < needed)
        taken = needed;
    return (struct gap){ gap.low, gap.low + taken - 1 };
}

static void lay_out_all(struct tree *t)
{
    int64_t at = highest(t) + 1;

    for (size_t i = 0; i < t->count; i++) {
        const int64_t share = (int64_t)t->nodes[i].size * ROOM_EACH;

        if (parent_of(t, i) != 0)
            continue;
        lay_out(t, i, (struct gap){ at, at + share - 1 });
        at += share;
    }
}

/* A new department has no id that others could name as their parent. */
static void lay_out_new(struct tree *t)
{
    struct department_node *n = &t->nodes[t->moved];

    if (n->id == 0)
        n->id = -1;
}

bool department_tree_place(struct department_node *nodes, size_t count, size_t moved, int64_t below)
{
    struct tree t = { nodes, count, moved, below };
    struct gap room;

    if (!may_stand(&t))
        return false;
    lay_out_new(&t);
    for (size_t i = 0; i < count; i++) {
        nodes[i].new_id = nodes[i].id;
        nodes[i].new_last_id = nodes[i].last_id;
        measure(&t, i);
    }
    room = room_below(&t);
    if (width(room) >= (int64_t)nodes[moved].size)
        lay_out(&t, moved, part_of(room, (int64_t)nodes[moved].size));
    else
        lay_out_all(&t);
    return true;
}
