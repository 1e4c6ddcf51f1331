// Checks what tests/tools/receipt_interop.c wrote, with golang.org/x/mod/sumdb/note and tlog, and writes a proof
// and a key of its own for it to check.
//
//	checklog FOLDER
package main

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const origin = "portal.example/log"

func must(err error, what string) {
	if err != nil {
		log.Fatalf("%s: %v", what, err)
	}
}

func read(name string) []byte {
	data, err := os.ReadFile(filepath.Join(os.Args[1], name))
	must(err, name)
	return data
}

func write(name string, data string) {
	must(os.WriteFile(filepath.Join(os.Args[1], name), []byte(data), 0o600), name)
}

func leaf(index int64) tlog.Hash {
	return tlog.RecordHash([]byte(fmt.Sprintf("leaf %d", index)))
}

// The hashes of a log, as this package stores them.
type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, i := range indexes {
		out = append(out, h[i])
	}
	return out, nil
}

func grow(size int64) hashes {
	var h hashes
	for i := int64(0); i < size; i++ {
		more, err := tlog.StoredHashesForRecordHash(i, leaf(i), h)
		must(err, "grow")
		h = append(h, more...)
	}
	return h
}

func checkpoint(text string) tlog.Tree {
	var tree tlog.Tree
	var root string
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[0] != origin {
		log.Fatalf("checkpoint %q", text)
	}
	_, err := fmt.Sscan(lines[1], &tree.N)
	must(err, "size")
	root = lines[2]
	tree.Hash, err = tlog.ParseHash(root)
	must(err, "root")
	return tree
}

func checkProof(name string, verifiers note.Verifiers) {
	var index int64
	var proof tlog.RecordProof
	head, signed, _ := strings.Cut(string(read(name)), "\n\n")
	lines := strings.Split(head, "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		log.Fatalf("%s: first line %q", name, lines[0])
	}
	_, err := fmt.Sscanf(lines[1], "index %d", &index)
	must(err, name)
	for _, line := range lines[2:] {
		h, err := tlog.ParseHash(line)
		must(err, name)
		proof = append(proof, h)
	}
	opened, err := note.Open([]byte(signed), verifiers)
	must(err, name)
	tree := checkpoint(opened.Text)
	must(tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf(index)), name)
}

func checkConsistency(name string, stored hashes) {
	var first, second int64
	var proof tlog.TreeProof
	_, err := fmt.Sscanf(filepath.Base(name), "%d-%d.consistency", &first, &second)
	must(err, name)
	for data := read(name); len(data) > 0; data = data[tlog.HashSize:] {
		var h tlog.Hash
		copy(h[:], data)
		proof = append(proof, h)
	}
	before, err := tlog.TreeHash(first, stored)
	must(err, name)
	after, err := tlog.TreeHash(second, stored)
	must(err, name)
	must(tlog.CheckTree(proof, second, after, first, before), name)
}

func checkTile(name string, tile tlog.Tile, stored hashes) {
	expected, err := tlog.ReadTileData(tile, stored)
	must(err, name)
	if !bytes.Equal(expected, read(name)) {
		log.Fatalf("%s differs", name)
	}
}

// A proof made here, signed by two keys of which the other side knows one.
func writeOwn() {
	stored := grow(5)
	root, err := tlog.TreeHash(5, stored)
	must(err, "own root")
	proof, err := tlog.ProveRecord(5, 3, stored)
	must(err, "own proof")
	skey, vkey, err := note.GenerateKey(rand.Reader, origin)
	must(err, "own key")
	signer, err := note.NewSigner(skey)
	must(err, "own key")
	witnessKey, _, err := note.GenerateKey(rand.Reader, "witness.example")
	must(err, "witness")
	witness, err := note.NewSigner(witnessKey)
	must(err, "witness")
	text := fmt.Sprintf("%s\n5\n%s\n", origin, base64.StdEncoding.EncodeToString(root[:]))
	signed, err := note.Sign(&note.Note{Text: text}, signer, witness)
	must(err, "own note")
	out := "c2sp.org/tlog-proof@v1\nindex 3\n"
	for _, h := range proof {
		out += h.String() + "\n"
	}
	write("other.tlog-proof", out+"\n"+string(signed))
	write("other-vkey", vkey)
}

func main() {
	verifier, err := note.NewVerifier(string(read("vkey")))
	must(err, "vkey")
	stored := grow(300)
	proofs, _ := filepath.Glob(filepath.Join(os.Args[1], "*.tlog-proof"))
	changes, _ := filepath.Glob(filepath.Join(os.Args[1], "*.consistency"))
	if len(proofs) < 20 || len(changes) < 50 {
		log.Fatalf("only %d proofs and %d changes", len(proofs), len(changes))
	}
	for _, path := range proofs {
		checkProof(filepath.Base(path), note.VerifierList(verifier))
	}
	for _, path := range changes {
		checkConsistency(filepath.Base(path), stored)
	}
	checkTile("0.tile", tlog.Tile{H: 8, L: 0, N: 1, W: 44}, stored)
	checkTile("1.tile", tlog.Tile{H: 8, L: 1, N: 0, W: 1}, stored)
	writeOwn()
}
