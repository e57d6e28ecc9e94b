package emulator_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"wxcloud/emulator"
)

// gateway is the permission cache as it is described, written a second time and
// without looking at the first: time in whole minutes, one copy per node.
type gateway struct {
	minute int
	stored []string
	copies map[int]copyOfList // by node
}

type copyOfList struct {
	list []string
	made int
}

const lifeInMinutes = 10

// ask says what a node answers to a call.
func (g *gateway) ask(node int, api string) (allowed bool) {
	c, has := g.copies[node]
	if !has || g.minute-c.made >= lifeInMinutes {
		c = copyOfList{list: g.stored, made: g.minute}
		g.copies[node] = c
	}
	return slices.Contains(c.list, api)
}

// live lists the copies that still count.
func (g *gateway) live() map[int]copyOfList {
	out := maps.Clone(g.copies)
	maps.DeleteFunc(out, func(_ int, c copyOfList) bool { return g.minute-c.made >= lifeInMinutes })
	return out
}

// rig is a function on a local cloud of several nodes, and the node that decided
// each of its cloud calls.
type rig struct {
	*cloud
	o       emulator.Options
	in      inside
	decided chan emulator.Exchange
}

func newRig(t *testing.T, nodes int) *rig {
	r := &rig{decided: make(chan emulator.Exchange, 1)}
	r.o = emulator.Options{Dir: t.TempDir(), AppID: appID, DeployTime: -1, Nodes: nodes, Seed: 7}
	r.o.Observe = func(x emulator.Exchange) {
		if x.Path == "/admin" {
			r.decided <- x
		}
	}
	r.cloud = startWith(t, r.o)
	r.deploy("hello", map[string]string{"index.js": showEnv}, false)
	r.in = r.inside("hello", "oUser")
	return r
}

func (r *rig) restart(t *testing.T) {
	r.close()
	r.cloud = startWith(t, r.o)
	r.in = r.inside("hello", "oUser")
}

// ask makes a cloud call with the bytes the SDK sends.
func (r *rig) ask(api string) (node int, allowed bool) {
	code := r.in.errorCode(api)
	if code != 0 && code != -604101 {
		r.t.Fatalf("%s: %d", api, code)
	}
	return (<-r.decided).Node, code == 0
}

// A thousand random schedules of permission changes, calls, waiting and restarts
// go as the description of the cache says, call by call and node by node.
func TestRandomSchedulesFollowTheModel(t *testing.T) {
	needNode(t)
	schedules := 1000
	if testing.Short() {
		schedules = 100
	}
	const seed = 20260105
	random := rand.New(rand.NewPCG(seed, seed))
	r := newRig(t, 3)
	// Permissions are of names; which interfaces there are does not matter here.
	apis := []string{"a.a", "b.b", "c.c.c"}
	g := gateway{copies: map[int]copyOfList{}}
	answers := map[string]int{}
	for schedule := range schedules {
		var story []string
		tell := func(format string, a ...any) { story = append(story, fmt.Sprintf(format, a...)) }
		// Nothing of the last schedule is left after the life of a copy.
		r.advance(lifeInMinutes * minute)
		g.minute += lifeInMinutes
		for range 6 + random.IntN(12) {
			switch n := random.IntN(20); {
			case n < 4:
				var list []string
				for _, api := range apis {
					if random.IntN(2) == 0 {
						list = append(list, api)
					}
				}
				tell("store %v", list)
				r.permit("hello", list...)
				g.stored = list
			case n < 7:
				wait := 1 + random.IntN(lifeInMinutes+1)
				tell("wait %d min", wait)
				r.advance(time.Duration(wait) * minute)
				g.minute += wait
			default:
				api := apis[random.IntN(len(apis))]
				node, allowed := r.ask(api)
				tell("call %s at node %d: %v", api, node, allowed)
				if want := g.ask(node, api); allowed != want {
					t.Fatalf("schedule %d of seed %d: want %v\n%v", schedule, seed, want, story)
				}
				answers[fmt.Sprint(allowed)]++
				answers[fmt.Sprint("lingers ", allowed && !slices.Contains(g.stored, api))]++
				answers[fmt.Sprint("late ", !allowed && slices.Contains(g.stored, api))]++
				answers[fmt.Sprint("node ", node)]++
			}
			if schedule%250 == 100 && random.IntN(8) == 0 {
				tell("restart")
				r.restart(t)
			}
		}
		cached := r.function("hello").Cached
		if len(cached) != len(g.live()) {
			t.Fatalf("schedule %d: status has %+v, the model %+v\n%v", schedule, cached, g.live(), story)
		}
		for _, have := range cached {
			if want := g.live()[have.Node]; !slices.Equal(have.Openapi, want.list) || have.ExpiresAt.Sub(have.FetchedAt) != lifeInMinutes*minute {
				t.Fatalf("schedule %d: status has %+v, the model %+v\n%v", schedule, have, want, story)
			}
		}
	}
	for _, kind := range []string{"true", "false", "lingers true", "late true", "node 0", "node 1", "node 2"} {
		if answers[kind] == 0 {
			t.Errorf("the schedules never met the case %q: %v", kind, answers)
		}
	}
}

// A call that fails is a look-up too: the refusal is kept for ten minutes.
func TestAFailedCallStartsThePeriod(t *testing.T) {
	needNode(t)
	r := newRig(t, 1)
	r.advance(9 * minute) // time before the first call does not count
	if _, allowed := r.ask("a.b"); allowed {
		t.Fatal("allowed what was never declared")
	}
	r.permit("hello", "a.b")
	r.advance(9*minute + 50*time.Second)
	if _, allowed := r.ask("a.b"); allowed {
		t.Error("the refusal was forgotten before its ten minutes")
	}
	r.advance(10 * time.Second)
	if _, allowed := r.ask("a.b"); !allowed {
		t.Error("the refusal outlived its ten minutes: a call that meets it must not renew it")
	}
}

// Uploads tell no node anything: neither code nor a list.
func TestUploadsPushNothing(t *testing.T) {
	needNode(t)
	r := newRig(t, 1)
	r.ask("a.b")
	before := r.function("hello").Cached
	r.permit("hello", "a.b")
	r.deploy("hello", map[string]string{"index.js": showEnv, "config.json": `{"permissions":{"openapi":["a.b"]}}`}, false)
	after := r.function("hello").Cached
	if len(after) != 1 || len(after[0].Openapi) != 0 || !after[0].FetchedAt.Equal(before[0].FetchedAt) {
		t.Errorf("before %+v, after %+v", before, after)
	}
	if f := r.function("hello"); len(f.Openapi) != 1 {
		t.Errorf("the list was not stored: %+v", f)
	}
	r.in = r.inside("hello", "oUser")
	if _, allowed := r.ask("a.b"); allowed {
		t.Error("an upload reached the node")
	}
}

// While nodes disagree, the same call succeeds and fails in turns; each node is
// of one mind until its own ten minutes are over.
func TestAnswersFlapNodeByNode(t *testing.T) {
	needNode(t)
	r := newRig(t, 2)
	first, _ := r.ask("a.b") // one node asks before the list is there
	r.permit("hello", "a.b")
	seen := map[int]bool{first: false}
	changes, last := 0, false
	for range 60 {
		node, allowed := r.ask("a.b")
		if was, known := seen[node]; known && was != allowed {
			t.Fatalf("node %d changed its mind", node)
		}
		seen[node] = allowed
		if allowed != last {
			changes++
		}
		last = allowed
	}
	if len(seen) != 2 || seen[first] || changes < 5 {
		t.Errorf("nodes %v, %d changes", seen, changes)
	}
}
