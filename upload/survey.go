package upload

import (
	"context"

	"wxcloud/internal/state"
	"wxcloud/wxapi"
)

// survey is the list of all functions of the environment, by name. have is
// false when the cloud was not asked for it, or could not tell.
type survey struct {
	have bool
	list map[string]wxapi.Function
}

// survey asks for the list. For a single function it costs as much as asking
// for all there is to know about that function, which is then done instead.
func (r Request) survey(ctx context.Context) (survey, error) {
	if len(r.Functions) <= 1 {
		return survey{}, nil
	}
	all, err := r.list(ctx)
	if wxapi.IsUnsupported(err) {
		return survey{}, nil
	}
	if err != nil {
		return survey{}, err
	}
	s := survey{have: true, list: make(map[string]wxapi.Function, len(all))}
	for _, f := range all {
		s.list[f.Name] = f
	}
	return s, nil
}

// list asks for the list, as many pages at once as the functions asked about
// would fill.
func (r Request) list(ctx context.Context) (all []wxapi.Function, err error) {
	cloud, ok := r.Cloud.(paced)
	if !ok {
		return r.Cloud.ListFunctions(ctx)
	}
	pages, ok := cloud.cloud.(interface {
		ListExpected(ctx context.Context, n int) ([]wxapi.Function, error)
	})
	if !ok {
		return r.Cloud.ListFunctions(ctx)
	}
	err = r.Pace.do(ctx, func() error { all, err = pages.ListExpected(ctx, len(r.Functions)); return err })
	return all, err
}

// look learns about the function what the plan needs: from the list and the
// record when they agree, else from the function itself.
func (p *planner) look(ctx context.Context) error {
	f := p.plan
	if p.survey.have {
		listed, exists := p.survey.list[f.Name]
		if !exists {
			return nil
		}
		if p.believed(listed) {
			f.Exists, f.Remote = true, listed
			f.Remote.Handler, f.Remote.InstallDependency = p.record.Handler, wxapi.Flag(p.record.InstallDependency)
			return nil
		}
	}
	remote, err := p.Cloud.GetFunction(ctx, f.Name)
	switch {
	case wxapi.IsFunctionNotFound(err):
		return nil
	case err != nil:
		return err
	}
	if remote.Partial && p.untouched(remote) {
		remote.Handler, remote.InstallDependency = p.record.Handler, wxapi.Flag(p.record.InstallDependency)
	}
	f.Exists, f.Looked, f.Remote = true, true, remote
	return nil
}

// believed reports whether the record still tells all about a function: nobody
// touched it since, and the settings wanted now are those it had then.
func (p *planner) believed(listed wxapi.Function) bool {
	return !p.Refresh && p.record.Sending == nil && p.untouched(listed) && listed.Status == wxapi.StatusActive && p.record.Handler != "" &&
		state.SameFingerprint(p.record.Settings, p.plan.wanted.bytes(p.Prune))
}

// untouched reports whether the function is as it was recorded last.
func (p *planner) untouched(remote wxapi.Function) bool {
	return p.record.RemoteModTime != "" && p.record.RemoteModTime == remote.ModTime
}

// learn prepares what the record should say when the function is found to be as
// it is wanted, although it does not say so: after somebody else deployed the
// same, or in a fresh checkout.
func (p *planner) learn() {
	f := p.plan
	if !f.Exists || !f.Looked || f.Remote.Status != wxapi.StatusActive || f.Code != CodeUnchanged && f.Code != CodeForced {
		return
	}
	settings := p.record.Settings
	switch {
	case f.unsettled():
		settings = ""
	case !state.SameFingerprint(settings, f.wanted.bytes(f.prune)):
		settings = state.Fingerprint(f.wanted.bytes(f.prune))
	}
	digest, sha := f.Package.Digest, p.record.CodeSHA256
	if s := p.record.Sending; s != nil && s.CodeDigest == digest {
		sha = s.CodeSHA256
	} else if p.record.CodeDigest != digest {
		sha = ""
	}
	if p.otherSHA != "" {
		sha = p.otherSHA
	}
	remote, install := f.Remote, f.InstallDependency
	if p.record.Sending == nil && p.untouched(remote) && p.record.Settings == settings && p.record.Handler == remote.Handler && p.record.CodeDigest == digest {
		return
	}
	f.found = func(r *state.Function) {
		r.CodeDigest, r.CodeSHA256, r.RemoteModTime, r.Sending = digest, sha, remote.ModTime, nil
		r.Handler, r.InstallDependency, r.Settings = remote.Handler, install, settings
	}
}
