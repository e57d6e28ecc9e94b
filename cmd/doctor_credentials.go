package cmd

import (
	"context"
	"strings"

	"wxcloud/internal/clierr"
)

// doctorCredentials says which credentials there are, and, unless offline, what
// the cloud says to each. Nothing it asks changes anything.
func (a *app) doctorCredentials(ctx context.Context, p patient, o doctorOptions) []finding {
	if p.project == nil {
		return nil
	}
	all := a.credentials(p.project, o.credentials)
	if p.local != nil {
		all = a.localCredentials(p.local)
	}
	var found []finding
	keys := false // something besides WeChat DevTools, which sends no code alone
	asked := p.env.ID
	for i := range all {
		c := &all[i]
		if !c.Found {
			continue
		}
		keys = keys || c.value.tools == nil
		args := clierr.Args{"credential": a.t(c.name), "source": c.Source}
		if a.flags.json {
			args["credential"] = c.name.En
		}
		switch {
		case c.Problem != nil:
			found = append(found, finding{level: levelProblem, id: "cmd/doctor-credential-bad", args: args, err: c.Problem.err})
		case o.offline || knownAppID(p.project) != nil && p.local == nil, c.value.tools != nil:
			// Asking WeChat DevTools would start it, which auth check does.
			found = append(found, finding{level: levelOK, id: "cmd/doctor-credential-found", args: args})
		default:
			asked = a.doctorAsk(ctx, p, c, asked)
			found = append(found, a.answered(*c, args)...)
		}
	}
	if !keys {
		return append(found, finding{level: levelWarning, id: "cmd/doctor-no-credential", fix: "wxcloud auth status", advice: "cmd/hint-upload-key", adviceArgs: clierr.Args{"appid": orElse(p.project.AppID, "<appid>")}})
	}
	return found
}

// doctorAsk asks the cloud about one credential, once and without a word.
func (a *app) doctorAsk(ctx context.Context, p patient, c *credential, env string) string {
	ctx, cancel := context.WithTimeout(ctx, 3*reachLimit)
	defer cancel()
	endpoints, err := a.doctorEndpoints(p)
	if err != nil {
		return env
	}
	w, err := a.newWire(endpoints, appIDOf(p.project))
	if err != nil {
		return env
	}
	w.ownAppID, w.extAppID = p.project.AppID, p.project.ExtAppID
	if p.local != nil {
		own := p.local.Credentials().AppID
		w.appID, w.ownAppID, w.extAppID = own, own, ""
	}
	w.retry.Notify, w.retry.Attempts = nil, 1
	return a.askCloud(ctx, c, w, env)
}

// answered turns what the cloud said about a credential into findings: one when
// all is well, else one for each problem.
func (a *app) answered(c credential, args clierr.Args) []finding {
	var works []string
	var found []finding
	told := map[string]bool{}
	for _, plane := range planes {
		fact := c.Planes[plane]
		switch {
		case fact.Answer == "works":
			works = append(works, string(plane))
		case fact.Problem != nil && !told[fact.Problem.Message]:
			told[fact.Problem.Message] = true
			f := finding{level: levelProblem, id: "cmd/doctor-credential-refused", args: args, err: fact.Problem.err}
			switch {
			case fact.Answer == "refused":
			case fact.Problem.err.Exit == clierr.NotFound:
				f.id = "cmd/doctor-error" // the environment, not the credential
			default:
				f.level, f.id = levelUnchecked, "cmd/doctor-credential-unknown"
			}
			found = append(found, f)
		}
	}
	if len(works) > 0 {
		args = clierr.Args{"credential": args["credential"], "source": args["source"], "planes": strings.Join(works, ", ")}
		return append([]finding{{level: levelOK, id: "cmd/doctor-credential-works", args: args}}, found...)
	}
	return found
}
