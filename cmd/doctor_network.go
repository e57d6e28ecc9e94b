package cmd

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"wxcloud/internal/clierr"
	"wxcloud/wxapi"
)

// reachLimit is how long a host may take to answer: this is a look, not a wait.
const reachLimit = 5 * time.Second

// How far a clock may be off: Tencent Cloud refuses signatures older than about
// five minutes.
const (
	skewWarning = time.Minute
	skewProblem = 5 * time.Minute
)

// reached is what one host answered.
type reached struct {
	host string
	took time.Duration
	skew time.Duration
	told bool // the answer had a date
	err  error
}

// doctorNetwork looks at which planes can be reached, at the clock, and at the
// way requests go out.
func (a *app) doctorNetwork(ctx context.Context, p patient, o doctorOptions) []finding {
	if o.offline {
		return []finding{{level: levelUnchecked, id: "cmd/doctor-offline"}}
	}
	endpoints, err := a.doctorEndpoints(p)
	if err != nil {
		return []finding{problemOf(err)}
	}
	w, err := a.newWire(endpoints, "")
	if err != nil {
		return []finding{problemOf(err)}
	}
	var hosts []string
	for _, base := range []string{endpoints.WeChat, endpoints.API, endpoints.SCF, endpoints.TCB} {
		if len(hosts) == 0 || hosts[0] != base {
			hosts = append(hosts, base)
		}
	}
	answers := make([]reached, len(hosts))
	var all sync.WaitGroup
	for i, base := range hosts {
		all.Go(func() { answers[i] = reach(ctx, w.client, base) })
	}
	var families []finding
	if p.local == nil && a.getenv(envEndpoint) == "" && !a.proxied() {
		all.Go(func() { families = addressFamilies(ctx) })
	}
	all.Wait()
	return slices.Concat(reachFindings(answers), []finding{clockFinding(answers)}, families)
}

// reachFindings are one for each host, or one for all where none answers.
func reachFindings(answers []reached) []finding {
	if hosts := unreached(answers); len(hosts) == len(answers) {
		return []finding{{
			level: levelProblem, id: "cmd/doctor-no-network", args: clierr.Args{"hosts": strings.Join(hosts, ", ")},
			err: answers[0].err, advice: "cmd/doctor-advice-network",
		}}
	}
	var found []finding
	for _, r := range answers {
		args := clierr.Args{"host": r.host, "took": r.took.Round(time.Millisecond).String()}
		if r.err != nil {
			found = append(found, finding{level: levelProblem, id: "cmd/doctor-unreachable", args: args, err: r.err, advice: "cmd/doctor-advice-network"})
			continue
		}
		found = append(found, finding{level: levelOK, id: "cmd/doctor-reachable", args: args})
	}
	return found
}

func unreached(answers []reached) (hosts []string) {
	for _, r := range answers {
		if r.err != nil {
			hosts = append(hosts, r.host)
		}
	}
	return hosts
}

// doctorEndpoints are those of the local cloud where that is what is looked at.
func (a *app) doctorEndpoints(p patient) (wxapi.Endpoints, error) {
	if p.local != nil {
		return wxapi.Local(p.local.URL())
	}
	return a.endpoints()
}

// reach asks a host for its front page. Any answer will do.
func reach(ctx context.Context, client *http.Client, base string) reached {
	r := reached{host: base}
	if u, err := url.Parse(base); err == nil {
		r.host = u.Host
	}
	ctx, cancel := context.WithTimeout(ctx, reachLimit)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, base+"/", nil)
	if err != nil {
		r.err = err
		return r
	}
	start := time.Now()
	answer, err := client.Do(request)
	r.took = time.Since(start)
	if err != nil {
		var inner *url.Error
		if errors.As(err, &inner) {
			err = inner.Err // the address is said already
		}
		r.err = err
		return r
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<10))
	_ = answer.Body.Close()
	if date, err := http.ParseTime(answer.Header.Get("Date")); err == nil {
		// The answer was made somewhere between the two; the header has seconds.
		r.skew, r.told = start.Add(r.took/2).Sub(date), true
	}
	return r
}

// clockFinding compares the clock with the first host that said the time.
func clockFinding(answers []reached) finding {
	for _, r := range answers {
		if !r.told {
			continue
		}
		skew := r.skew.Round(time.Second)
		f := finding{level: levelOK, id: "cmd/doctor-clock", args: clierr.Args{"host": r.host, "skew": skew.Abs().String()}}
		switch off := skew.Abs(); {
		case off >= skewProblem:
			f.level, f.id, f.advice = levelProblem, "cmd/doctor-clock-off", "cmd/doctor-advice-clock"
		case off >= skewWarning:
			f.level, f.id, f.advice = levelWarning, "cmd/doctor-clock-off", "cmd/doctor-advice-clock"
		}
		return f
	}
	return finding{level: levelUnchecked, id: "cmd/doctor-clock-unknown"}
}

// proxied reports whether requests to WeChat go through a proxy, so that this
// machine's own address is not the one the platform sees.
func (a *app) proxied() bool {
	request, err := http.NewRequest(http.MethodGet, wxapi.WeChat().WeChat, nil) //nolint:noctx // it is never sent
	if err != nil {
		return false
	}
	proxy, err := http.ProxyFromEnvironment(request)
	return err == nil && proxy != nil
}

// addressFamilies says over which kinds of address the platform is reached: an
// allow-list has to hold each that may be used. Which address it is the platforms
// only tell when they refuse it.
func addressFamilies(ctx context.Context) []finding {
	host := strings.TrimPrefix(wxapi.WeChat().WeChat, "https://") + ":443"
	works := [2]bool{}
	var both sync.WaitGroup
	for i, network := range []string{"tcp4", "tcp6"} {
		both.Go(func() {
			ctx, cancel := context.WithTimeout(ctx, reachLimit)
			defer cancel()
			c, err := new(net.Dialer).DialContext(ctx, network, host)
			if err == nil {
				works[i] = true
				_ = c.Close()
			}
		})
	}
	both.Wait()
	switch {
	case works[0] && works[1]:
		return []finding{{level: levelOK, id: "cmd/doctor-both-families", advice: "cmd/doctor-advice-families"}}
	case works[0]:
		return []finding{{level: levelOK, id: "cmd/doctor-ipv4"}}
	case works[1]:
		return []finding{{level: levelWarning, id: "cmd/doctor-ipv6", advice: "cmd/doctor-advice-ipv6"}}
	default:
		return nil // said above
	}
}
