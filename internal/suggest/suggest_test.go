package suggest

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNearest(t *testing.T) {
	commands := []string{"init", "lint", "deploy", "plan", "perm", "invoke", "explain", "emulator", "version"}
	tests := []struct {
		name string
		word string
		from []string
		max  int
		want []string
	}{
		{"swapped neighbours are one slip", "deplyo", commands, 3, []string{"deploy"}},
		{"a missing letter", "explan", commands, 3, []string{"explain"}},
		{"an extra letter", "linnt", commands, 3, []string{"lint"}},
		{"a wrong letter", "lins", commands, 3, []string{"lint"}},
		{"case counts for nothing", "DEPLOY", commands, 3, []string{"deploy"}},
		{"two slips in a short word are too many", "pxax", commands, 3, nil},
		{"two slips in a longer word", "emulatroo", commands, 3, []string{"emulator"}},
		{"nothing near", "banana", commands, 3, nil},
		{"a word of two letters matches nothing", "in", commands, 3, nil},
		{
			"nearest first, else in the given order", "subscribeMesage.send",
			[]string{"subscribeMessage.sent", "subscribeMessage.send", "subscribeMessages.send"},
			2,
			[]string{"subscribeMessage.send", "subscribeMessage.sent"},
		},
		{"the same candidate twice", "lnit", []string{"lint", "lint"}, 3, []string{"lint"}},
		{"Chinese counts by character", "订阅消席", []string{"订阅消息", "模板消息"}, 3, []string{"订阅消息"}},
		{"none asked for", "lnit", commands, 0, nil},
		{"an absurdly long word", strings.Repeat("lint", 100), commands, 3, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Nearest(test.word, slices.Values(test.from), test.max)); diff != "" {
				t.Errorf("Nearest(%q) (-want +got):\n%s", test.word, diff)
			}
		})
	}
}

func TestDistance(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "abc", 3},
		{"abc", "", 3},
		{"abc", "abc", 0},
		{"ab", "ba", 1},
		{"kitten", "sitting", 3},
		{"ca", "abc", 3}, // 2 if a part could be edited twice
		{"send", "sned", 1},
		{"getUnlimit", "getUnlimited", 2},
	}
	for _, test := range tests {
		if got := distance([]rune(test.a), []rune(test.b), new([3][]int)); got != test.want {
			t.Errorf("distance(%q, %q) = %d, want %d", test.a, test.b, got, test.want)
		}
	}
}

func FuzzNearest(f *testing.F) {
	f.Add("deplyo", "deploy")
	f.Add("İstanbul", "istanbul")
	f.Add("\xff\xfe", "send")
	f.Fuzz(func(t *testing.T, word, candidate string) {
		got := Nearest(word, slices.Values([]string{candidate, candidate}), 2)
		if len(got) > 1 {
			t.Fatalf("one candidate, suggested twice: %q", got)
		}
		if len(got) == 1 && got[0] != candidate {
			t.Fatalf("suggested %q, which was no candidate", got[0])
		}
		if len(word) > MaxWord || len(candidate) > MaxWord {
			return
		}
		a, b := []rune(word), []rune(candidate)
		forth, back := distance(a, b, new([3][]int)), distance(b, a, new([3][]int))
		if forth != back {
			t.Fatalf("distance %d one way, %d the other", forth, back)
		}
		if forth > max(len(a), len(b)) {
			t.Fatalf("distance %d beyond the longer word", forth)
		}
	})
}
