/* test_merkle_vectors.c - the verifier on proofs that others made, right and wrong
 * (tests/data/merkle). */
#include "support/test.h"
#include "crypt/b64.h"
#include "crypt/merkle_verify.h"

#include <ftw.h>
#include <jansson.h>

enum { TEXT_MAX = 200 };

/* nftw() passes no argument on; these count for the test that runs. */
static int files_read, files_wrong;
static bool (*verify)(json_t *vector, bool *expressible);

/* A hash of the vector.  Some have other lengths: shorter ones are filled with zeros, which keeps
 * equal ones equal; empty and longer ones cannot be expressed and count as refused. */
static bool read_hash(json_t *value, struct merkle_hash *out)
{
    const char *text = json_string_value(value);
    unsigned char bytes[TEXT_MAX];
    size_t len;

    memset(out, 0, sizeof(*out));
    if (text == NULL || !b64_decode(text, strlen(text), bytes, sizeof(bytes), &len) || len == 0 ||
        len > sizeof(out->bytes))
        return false;
    memcpy(out->bytes, bytes, len);
    return true;
}

static bool read_proof(json_t *vector, struct merkle_proof *out)
{
    json_t *list = json_object_get(vector, "proof");

    out->count = json_array_size(list);
    if (out->count > MERKLE_PROOF_MAX)
        return false;
    for (size_t i = 0; i < out->count; i++)
        if (!read_hash(json_array_get(list, i), &out->hashes[i]))
            return false;
    return true;
}

/* One place in the vectors is 2^64 - 1, which jansson gives only as a real number. */
static uint64_t number(json_t *vector, const char *name)
{
    const double value = json_real_value(json_object_get(vector, name));

    return value >= 0x1p63 ? UINT64_MAX : (uint64_t)value;
}

static bool verify_inclusion(json_t *vector, bool *expressible)
{
    struct merkle_hash root, leaf;
    struct merkle_proof p;

    *expressible = read_hash(json_object_get(vector, "root"), &root) &&
                   read_hash(json_object_get(vector, "leafHash"), &leaf) && read_proof(vector, &p);
    return *expressible &&
           merkle_verify_inclusion(number(vector, "leafIdx"), number(vector, "treeSize"), &leaf,
                                   p.hashes, p.count, &root);
}

static bool verify_consistency(json_t *vector, bool *expressible)
{
    struct merkle_hash root1, root2;
    struct merkle_proof p;

    *expressible = read_hash(json_object_get(vector, "root1"), &root1) &&
                   read_hash(json_object_get(vector, "root2"), &root2) && read_proof(vector, &p);
    return *expressible &&
           merkle_verify_consistency(number(vector, "size1"), number(vector, "size2"), &root1,
                                     &root2, p.hashes, p.count);
}

static int visit(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    json_t *vector;
    bool expressible, accepted;

    (void)st, (void)ftw;
    if (type != FTW_F)
        return 0;
    vector = json_load_file(path, JSON_DECODE_INT_AS_REAL, NULL);
    assert_non_null(vector);
    accepted = verify(vector, &expressible);
    files_read++;
    if (accepted == json_is_true(json_object_get(vector, "wantErr"))) {
        print_error("%s: %s\n", path, accepted ? "accepted" : "refused");
        files_wrong++;
    }
    json_decref(vector);
    return 0;
}

static void run(const char *folder, bool (*fn)(json_t *vector, bool *expressible), int files)
{
    files_read = files_wrong = 0;
    verify = fn;
    assert_int_equal(nftw(folder, visit, 8, FTW_PHYS), 0);
    assert_int_equal(files_wrong, 0);
    assert_int_equal(files_read, files);
}

static void test_inclusion__agrees_with_every_published_proof(void **state)
{
    (void)state;
    run("tests/data/merkle/inclusion", verify_inclusion, 98);
}

static void test_consistency__agrees_with_every_published_proof(void **state)
{
    (void)state;
    run("tests/data/merkle/consistency", verify_consistency, 98);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inclusion__agrees_with_every_published_proof),
        cmocka_unit_test(test_consistency__agrees_with_every_published_proof),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
