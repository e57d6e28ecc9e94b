package upload

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/upload/pack"
	"wxcloud/wxapi"
)

// CodeChange says why code is sent, or that it is not.
type CodeChange string

// The reasons.
const (
	CodeUnchanged  CodeChange = "unchanged"  // the cloud has this code
	CodeNew        CodeChange = "new"        // the function does not exist yet
	CodeChanged    CodeChange = "changed"    // the contents, or who installs the dependencies, differ from what was sent last
	CodeUnknown    CodeChange = "unknown"    // nothing is on record, and the cloud's copy cannot be compared or is another
	CodeUnfinished CodeChange = "unfinished" // an earlier deploy was cut short and what became of it is not known
	CodeDrifted    CodeChange = "drifted"    // unchanged here, but the cloud's copy was changed by someone else
	CodeBroken     CodeChange = "broken"     // the same contents, but the function is in a failed state
	CodeForced     CodeChange = "forced"     // unchanged, and asked for
)

// code finds out whether the cloud has the code that is on disk.
func (p *planner) code(ctx context.Context) error {
	f := p.plan
	if !f.Exists {
		f.Code = CodeNew
		return nil
	}
	var err error
	if f.Code, err = p.codeChange(ctx); err != nil {
		return err
	}
	told := f.Remote.Handler != "" // else the credential does not see who installs
	if f.Code == CodeUnchanged && told && f.InstallDependency != bool(f.Remote.InstallDependency) {
		f.Code = CodeChanged
	}
	if f.Code == CodeUnchanged && failedState(f.Remote.Status) {
		f.Code = CodeBroken
	}
	if f.Code == CodeUnchanged && slices.Contains(p.Resend, f.Name) {
		f.Code = CodeForced
	}
	return nil
}

func (p *planner) codeChange(ctx context.Context) (CodeChange, error) {
	f := p.plan
	last, same := p.record.CodeDigest, p.record.CodeDigest == f.Package.Digest
	switch {
	case p.record.Sending != nil && p.record.Sending.Before != f.Remote.ModTime:
		return p.unfinished(ctx)
	case p.untouched(f.Remote) && same:
		return CodeUnchanged, nil
	case p.untouched(f.Remote) && last != "":
		return CodeChanged, nil
	}
	there, err := p.there(ctx)
	if err != nil {
		return "", err
	}
	if there != "" && there == p.record.CodeSHA256 { // something else was changed
		if same {
			return CodeUnchanged, nil
		}
		return CodeChanged, nil
	}
	ours, err := archiveIs(f.Package, there)
	switch {
	case err != nil:
		return "", err
	case ours: // whoever sent it
		return CodeUnchanged, nil
	case last == "" || p.record.RemoteModTime == "":
		return CodeUnknown, nil
	}
	if equal, err := p.sameContents(ctx); err != nil || equal {
		f.Package.Release()
		p.otherSHA = there
		return CodeUnchanged, err
	}
	f.Drifted = true
	if same {
		return CodeDrifted, nil
	}
	return CodeChanged, nil
}

// unfinished finds out what became of a deploy that was cut short. Where that
// cannot be told the code is sent again: the end is the same.
func (p *planner) unfinished(ctx context.Context) (CodeChange, error) {
	f, sending := p.plan, p.record.Sending
	if f.Remote.Status != wxapi.StatusActive {
		return CodeUnfinished, nil
	}
	there, err := p.there(ctx)
	if err != nil {
		return "", err
	}
	digest := ""
	if there != "" && there == sending.CodeSHA256 {
		digest = sending.CodeDigest
	} else if there != "" && there == p.record.CodeSHA256 {
		digest = p.record.CodeDigest
	}
	switch digest {
	case "":
		return CodeUnfinished, nil
	case f.Package.Digest:
		return CodeUnchanged, nil
	}
	return CodeChanged, nil
}

// there is the hash of the code the cloud has, "" if it does not tell.
func (p *planner) there(ctx context.Context) (string, error) {
	return codeSHA256(ctx, p.Cloud, p.fn.Name)
}

func codeSHA256(ctx context.Context, cloud Cloud, name string) (string, error) {
	address, err := cloud.Address(ctx, name)
	if e, ok := errors.AsType[*wxapi.APIError](err); ok && definite(e) || wxapi.IsUnsupported(err) {
		return "", nil
	}
	return hexSHA256(address.SHA256), err
}

// definite reports whether a refusal is about the request itself, and not about
// the service having a bad moment.
func definite(e *wxapi.APIError) bool {
	for _, class := range []string{"FailedOperation", "UnsupportedOperation", "UnauthorizedOperation", "InvalidParameter", "ResourceNotFound", "ResourceUnavailable", "InvalidAction"} {
		if strings.HasPrefix(e.Code, class) {
			return true
		}
	}
	return false
}

// hexSHA256 is a hash as lower-case hex; the cloud gives it so, or in base64.
func hexSHA256(given string) string {
	if raw, err := base64.StdEncoding.DecodeString(given); err == nil && len(raw) == sha256.Size {
		return hex.EncodeToString(raw)
	}
	return strings.ToLower(given)
}

// archiveIs reports whether the archive of a package has this hash. The archive
// is deterministic, so that one made elsewhere of the same files has it too. It
// stays, because it is what will be sent if not.
func archiveIs(p *pack.Package, sha string) (bool, error) {
	if sha == "" {
		return false, nil
	}
	own, err := archiveSHA256(p)
	if err == nil && own == sha {
		p.Release()
	}
	return own == sha, err
}

func archiveSHA256(p *pack.Package) (string, error) {
	if !p.Compressed() {
		if err := p.Compress(); err != nil {
			return "", err
		}
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, p.Archive().Reader()); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// hasModules reports whether the function has a node_modules folder to pack.
func hasModules(fn config.Function) bool {
	info, err := os.Stat(filepath.Join(fn.Dir, "node_modules"))
	return err == nil && info.IsDir()
}

// handler keeps the handler of an existing function when its file is in the
// package, since someone chose it; otherwise it is WeChat's own.
func handler(fn config.Function, f FunctionPlan) (string, error) {
	for _, candidate := range []string{f.Remote.Handler, wxapi.DefaultHandler} {
		file := strings.TrimSuffix(candidate, path.Ext(candidate))
		if file == "" {
			continue
		}
		for _, ext := range []string{".js", ".mjs", ".cjs"} {
			if f.Package.Has(file + ext) {
				return candidate, nil
			}
		}
	}
	args := clierr.Args{"function": fn.Name, "dir": fn.Dir}
	for _, source := range []string{"index.ts", "src/index.ts", fn.Entry} {
		if strings.HasSuffix(source, ".ts") && (source == fn.Entry || f.Package.Has(source)) {
			args["file"] = source
			return "", clierr.New("upload/not-compiled", clierr.Local, args).Hint("upload/hint-compile", args)
		}
	}
	return "", clierr.New("upload/no-entry", clierr.Local, args)
}
