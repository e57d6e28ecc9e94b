package cmd

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"wxcloud/cmd/text"
	"wxcloud/internal/sanitize"
	"wxcloud/internal/ui"
	"wxcloud/upload"
	"wxcloud/wxapi"
)

// rowsShown is how many functions have a line of their own on a terminal.
const rowsShown = 8

// progress shows a run: on a terminal a status line that counts and a line for
// each function under way, in a log a line for each thing that was settled.
type progress struct {
	app     *app
	live    *ui.Live
	started time.Time
	total   int // functions with something to do

	mu           sync.Mutex
	done, failed int
	under        []string // functions under way, in the order they began
	rows         map[string]progressRow
	every        time.Duration // the least time between two drawings
	drawn        time.Time
}

// progressRow is what a function under way does, and since when.
type progressRow struct {
	text  string
	since time.Time
}

func newProgress(a *app, plan upload.Plan) *progress {
	p := &progress{app: a, live: a.io.Live(), started: time.Now(), rows: map[string]progressRow{}, every: 50 * time.Millisecond}
	for _, f := range plan.Functions {
		if len(f.Steps) > 0 {
			p.total++
		}
	}
	a.live = p.live
	return p
}

func (p *progress) observe(e upload.Event) {
	if p.app.flags.json {
		return
	}
	if p.live.Redraws() {
		p.redraw(e)
		return
	}
	p.log(e)
}

// log writes what is worth a line in a log.
func (p *progress) log(e upload.Event) {
	a := p.app
	name, step := sanitize.Line(e.Function), a.t(stepWord(e.Step.Kind))
	switch {
	case e.Done, e.Sent > 0:
	case e.Step.Kind == upload.StepWait && e.CloudStatus == wxapi.StatusActive:
	case e.Step.Kind == upload.StepWait:
		p.live.Update(a.t(text.ProgressWaiting, "function", name, "status", e.CloudStatus), "")
	case e.Status == upload.Requested:
		p.live.Update(a.t(text.ProgressStep, "function", name, "step", step, "status", a.t(stepStatus(e.Status))), "")
	default:
		line := a.t(text.ProgressStep, "function", name, "step", step, "status", a.t(stepStatus(e.Status)))
		if len(e.Step.Names) > 0 {
			line += " (" + sanitize.Line(strings.Join(e.Step.Names, ", ")) + ")"
		}
		p.live.Print(line)
	}
}

// redraw brings the rows of a terminal up to date. Only failures leave a line:
// the result at the end says the rest.
func (p *progress) redraw(e upload.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if e.Done {
		p.done++
		if e.Err != nil && !errors.Is(e.Err, context.Canceled) {
			p.failed++
			p.live.Print(p.app.io.ErrTheme().Cross() + " " + sanitize.Line(e.Function) + ": " + p.app.errorText(e.Err))
		}
		p.under = slices.DeleteFunc(p.under, func(name string) bool { return name == e.Function })
		delete(p.rows, e.Function)
	} else {
		p.set(e.Function, p.phase(e), e.At)
	}
	p.show()
}

// waits says that a function's code waits for its permissions; how long, the
// status line of the waits tells.
func (p *progress) waits(function string) {
	if p.app.flags.json || !p.live.Redraws() {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.set(function, p.app.t(text.ProgressHeld), time.Now())
	p.show()
}

func (p *progress) set(function, phase string, at time.Time) {
	old, known := p.rows[function]
	if !known {
		p.under = append(p.under, function)
	}
	if old.text != phase {
		p.rows[function] = progressRow{phase, at}
	}
}

// phase is what an event says a function is doing.
func (p *progress) phase(e upload.Event) string {
	a := p.app
	if e.Step.Kind == upload.StepWait {
		return a.t(text.ProgressCloud, "status", e.CloudStatus)
	}
	phase := a.t(stepWord(e.Step.Kind)) + " " + a.t(stepStatus(e.Status))
	if e.Status == upload.Requested && e.Bytes > 0 {
		phase = a.t(stepWord(e.Step.Kind)) + " " + bytesSent(e.Sent, e.Bytes)
		if left := remaining(e.At.Sub(p.rows[e.Function].since), e.Sent, e.Bytes); left > 0 {
			phase += " " + a.t(text.ProgressLeft, "left", shortDuration(left))
		}
	}
	return phase
}

// bytesSent is "1.2/3.4 MB 35%", or the size alone before the first byte.
func bytesSent(sent, all int64) string {
	size := func(n int64) string { return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) }
	if all < 1<<20 {
		return strconv.FormatInt((all+1023)/1024, 10) + " KB"
	}
	if sent == 0 {
		return size(all) + " MB"
	}
	return size(sent) + "/" + size(all) + " MB " + strconv.FormatInt(100*sent/all, 10) + "%"
}

// remaining is the time that the rest takes at the same speed, 0 if unknown.
func remaining(since time.Duration, did, all int64) time.Duration {
	if did <= 0 || did >= all || since < 2*time.Second {
		return 0
	}
	return time.Duration(float64(since) * float64(all-did) / float64(did))
}

// show writes status line and rows, not more often than a person can read; the
// next event brings them up to date. The caller holds mu.
func (p *progress) show() {
	if time.Since(p.drawn) < p.every {
		return
	}
	p.drawn = time.Now()
	a := p.app
	state := a.t(text.ProgressCount, "done", strconv.Itoa(p.done), "total", strconv.Itoa(p.total))
	if p.failed > 0 {
		state += a.t(text.ProgressFailed, "failed", strconv.Itoa(p.failed))
	}
	detail := ""
	if left := remaining(time.Since(p.started), int64(p.done), int64(p.total)); left > 0 && p.done > 2 {
		detail = a.t(text.ProgressLeft, "left", shortDuration(left))
	}
	if p.total > 1 {
		p.live.Update(state, detail)
	}
	width := 0
	shown := p.under[:min(len(p.under), rowsShown)]
	for _, name := range shown {
		width = max(width, ui.Width(name))
	}
	rows := make([]string, len(shown))
	for i, name := range shown {
		row := p.rows[name]
		rows[i] = "  " + name + strings.Repeat(" ", width-ui.Width(name)+2) + row.text
		if since := time.Since(row.since); since > 3*time.Second {
			rows[i] += "  " + shortDuration(since)
		}
	}
	if more := len(p.under) - len(shown); more > 0 {
		rows = append(rows, "  "+a.t(text.ProgressMore, "count", strconv.Itoa(more)))
	}
	p.live.Rows(rows)
}

func (p *progress) close() {
	p.live.Stop()
	p.app.live = nil
}

func stepWord(k upload.StepKind) text.Sentence {
	switch k {
	case upload.StepAddPermissions:
		return text.StepAdd
	case upload.StepRemovePermissions:
		return text.StepRemove
	case upload.StepCreate:
		return text.StepCreate
	case upload.StepConfigure:
		return text.StepConfigure
	case upload.StepCode:
		return text.StepCode
	case upload.StepBundle:
		return text.StepBundle
	case upload.StepSetTriggers:
		return text.StepSetTriggers
	case upload.StepRemoveTriggers:
		return text.StepRemoveTriggers
	case upload.StepWait:
		return text.StepWait
	default:
		return text.StepCode
	}
}

func stepStatus(s upload.Status) text.Sentence {
	switch s {
	case upload.Requested:
		return text.StatusRequested
	case upload.Accepted:
		return text.StatusAccepted
	case upload.Verified:
		return text.StatusStored
	case upload.CannotVerify:
		return text.StatusCannot
	case upload.Failed:
		return text.StatusFailed
	default:
		return text.StatusFailed
	}
}
