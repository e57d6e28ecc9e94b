// Package config reads a mini program project on disk: where its cloud
// functions are, what each one declares, and what wxcloud.json says of them; and
// it edits a function's config.json without touching a byte it need not. It
// knows nothing of the cloud, of which interfaces exist, or of what code calls.
package config

import "wxcloud/internal/clierr"

// The files a project is recognised by and read from.
const (
	ProjectFile        = "project.config.json"         // WeChat DevTools' project file
	PrivateProjectFile = "project.private.config.json" // one person's overrides of it, not committed
	CloudbaseFile      = "cloudbaserc.json"            // CloudBase CLI's project file
	SettingsFile       = "wxcloud.json"                // wxcloud's own, optional
	FunctionFile       = "config.json"                 // in each function's folder
)

// Options says where to look and what the command line overrides.
type Options struct {
	// Start is the folder to walk up from; relative paths count from the
	// process's folder, "" is that folder.
	Start string
	// Root and AppID come from flags; "" if not given. Root counts from Start.
	Root, AppID string
	// AllowMissingRoot accepts a root folder that does not exist yet, or that
	// nothing names, for commands that are about to make it.
	AllowMissingRoot bool
}

// Project is a mini program project and its cloud functions.
type Project struct {
	Dir      string // absolute folder of project.config.json (else of wxcloud.json, cloudbaserc.json, or the given root)
	AppID    string // "" when no file names one
	ExtAppID string // the mini program developed on behalf of (ext.json with extEnable), or ""
	Root     string // absolute cloudfunctionRoot
	RootFrom string // what named Root: a file relative to Dir, "--root", or the conventional folder that was found
	Guessed  bool   // nothing names Root: it is the conventional folder RootFrom
	Settings Settings
	// Functions are sorted by Name.
	Functions []Function
	// Skipped are the other children of Root, sorted by Name.
	Skipped []Skipped
}

// Problem is something wrong in a file that could still be read in part. Line
// and Column count from 1, Column in UTF-16 units; zero means the whole file.
type Problem struct {
	ID           clierr.ID
	Args         clierr.Args
	Line, Column int
	EndColumn    int    // behind a key or value on one line, else 0
	Fatal        bool   // nothing could be read
	Warning      bool   // of wxcloud.json: what stands there counts all the same
	File         string // absolute; "" means the file that lists the problem
}
