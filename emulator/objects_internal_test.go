package emulator

import "testing"

// What is uploaded and never used, or named twice, does not add up.
func TestObjectsAreBounded(t *testing.T) {
	var o objects
	large := make([]byte, 64<<20) // the same bytes again and again: only their sum is looked at
	id := o.begin("a")
	for number := 1; number <= 4; number++ {
		if !o.part(id, "a", number, large) {
			t.Fatalf("part %d was refused", number)
		}
	}
	if o.part(id, "a", 5, large) || len(o.uploads[id].parts) != 4 {
		t.Error("an upload outgrew the largest object")
	}
	if !o.part(id, "a", 4, large) {
		t.Error("a part sent again counts twice")
	}
	for n, other := 0, o.begin("b"); n < 5; n++ {
		if got, want := o.part(other, "b", n+1, large), n < 4; got != want {
			t.Errorf("part %d of the second upload: %t", n+1, got)
		}
	}
	third := o.begin("c")
	if o.part(third, "c", 1, large) {
		t.Error("all uploads together have no bound")
	}
	if o.finish(id, "a", []int{1, 1, 1}) || o.finish(third, "c", []int{1}) {
		t.Error("parts make more than was sent")
	}
	if !o.part(o.begin("d"), "d", 1, large) {
		t.Error("a finished upload gave no room back")
	}
	for _, key := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"} {
		o.put(key, large)
	}
	if _, there := o.get("1"); there || len(o.stored) != 8 {
		t.Errorf("%d objects of 64 MB are kept", len(o.stored))
	}
}
