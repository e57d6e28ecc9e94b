package emulator_test

import (
	"testing"
	"time"

	"wxcloud/emulator"
)

const minute = time.Minute

func TestPermissionsFollowTheCache(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": showEnv}, false)
	in := c.inside("hello", "oUser")
	expect := func(when string, want int) {
		t.Helper()
		if got := in.errorCode("subscribeMessage.send"); got != want {
			t.Errorf("%s: got %d, want %d", when, got, want)
		}
	}
	expect("nothing declared", -604101)
	c.permit("hello", "subscribeMessage.send")
	expect("just declared", -604101)
	c.advance(9 * minute)
	expect("nine minutes later", -604101)
	c.advance(1 * minute)
	expect("ten minutes later", 0)
	c.permit("hello")
	expect("just revoked", 0)
	c.advance(9 * minute)
	expect("nine minutes after the revocation", 0)
	c.advance(1*minute + time.Second)
	expect("ten minutes after the revocation", -604101)
}

func TestFreshFunctionWorksAtOnce(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": showEnv}, false)
	c.permit("hello", "subscribeMessage.send")
	if code := c.inside("hello", "oUser").errorCode("subscribeMessage.send"); code != 0 {
		t.Errorf("no node had asked before, yet %d", code)
	}
}

func TestNodesDisagree(t *testing.T) {
	needNode(t)
	c := start(t, func(o *emulator.Options) { o.Nodes, o.Seed = 3, 7 })
	c.deploy("hello", map[string]string{"index.js": showEnv}, false)
	in := c.inside("hello", "oUser")
	for len(c.function("hello").Cached) < 1 {
		in.errorCode("subscribeMessage.send")
	}
	c.permit("hello", "subscribeMessage.send")
	seen := map[int]int{}
	for range 40 {
		seen[in.errorCode("subscribeMessage.send")]++
	}
	if seen[0] == 0 || seen[-604101] == 0 {
		t.Errorf("answers do not differ between nodes: %v", seen)
	}
	cached := c.function("hello").Cached
	if len(cached) != 3 {
		t.Fatalf("%+v", cached)
	}
	for _, n := range cached {
		if n.ExpiresAt.Sub(n.FetchedAt) != 10*minute {
			t.Errorf("%+v", n)
		}
	}
	c.advance(10 * minute)
	if cached := c.function("hello").Cached; len(cached) != 0 {
		t.Errorf("expired lists are shown: %+v", cached)
	}
	for range 20 {
		if code := in.errorCode("subscribeMessage.send"); code != 0 {
			t.Errorf("after ten minutes a node says %d", code)
		}
	}
}

func TestCacheLifeIsAnOption(t *testing.T) {
	needNode(t)
	c := start(t, func(o *emulator.Options) { o.CacheTTL = 20 * time.Second })
	c.deploy("hello", map[string]string{"index.js": showEnv}, false)
	in := c.inside("hello", "oUser")
	in.errorCode("a.b")
	c.permit("hello", "a.b")
	c.advance(19 * time.Second)
	if code := in.errorCode("a.b"); code != -604101 {
		t.Errorf("after 19 s: %d", code)
	}
	c.advance(time.Second)
	if code := in.errorCode("a.b"); code != 0 {
		t.Errorf("after 20 s: %d", code)
	}
}

// The list belongs to the function: what another may call says nothing.
func TestPermissionsArePerFunction(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("one", map[string]string{"index.js": showEnv}, false)
	c.deploy("two", map[string]string{"index.js": showEnv}, false)
	c.permit("one", "a.b")
	if code := c.inside("one", "oUser").errorCode("a.b"); code != 0 {
		t.Errorf("one: %d", code)
	}
	if code := c.inside("two", "oUser").errorCode("a.b"); code != -604101 {
		t.Errorf("two: %d", code)
	}
}
