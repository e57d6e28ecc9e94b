// Package emulator is the local cloud: one loopback server that speaks the wire
// formats of the upload-key endpoints, the cloud actions, the WeChat HTTP API and
// the function runtime, keeps functions and their permissions, and runs functions
// in Node with the real SDK. It refuses to know wxcloud's own client code (it
// decodes with its own structs, so that one mistake cannot hide another), to
// forward any request to the internet, and to listen beyond this machine.
package emulator

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/hex"
	"errors"
	"io"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	"wxcloud/emulator/authority"
	"wxcloud/emulator/calllog"
	"wxcloud/emulator/faults"
	"wxcloud/emulator/node"
	"wxcloud/emulator/timers"
	"wxcloud/internal/clierr"
)

// EnvID is the id and the alias of the one environment a local cloud has,
// unless Options name another.
const EnvID = "local"

// Region is where the local cloud says its functions live. Real clients send
// back whatever DescribeEnvs names.
const Region = "ap-shanghai"

// DefaultAppID is used when neither the caller nor the state folder names one.
const DefaultAppID = "wx0000000000000000"

// DefaultCacheTTL is how long the real cloud's gateway may keep a permission
// list after it has changed (documented: ten minutes).
const DefaultCacheTTL = 10 * time.Minute

// Options say how a local cloud behaves. The zero value of each field but Dir
// is a usable default.
type Options struct {
	// Dir is the folder that holds the state, the credentials and the functions.
	Dir string
	// AppID of the mini program; "" keeps the one in Dir or takes DefaultAppID.
	AppID string
	// ExtAppID, if set, makes AppID that of a third-party platform's template and
	// is the AppID of the customer whose environment this is.
	ExtAppID string
	// EnvID is the id of the environment; "" is the constant EnvID. Another one
	// lets a local cloud stand for a real environment, to rehearse a release.
	EnvID string
	// CacheTTL is the life of a gateway node's permission list.
	CacheTTL time.Duration
	// Nodes is the number of gateway nodes that each keep lists; default 3.
	Nodes int
	// Seed makes the choice of gateway nodes repeatable; 0 is a random seed.
	Seed uint64
	// DeployTime is how long a function stays Creating or Updating; default
	// 300 ms, negative for none.
	DeployTime time.Duration
	// ApplyConfigOnUpload also applies permissions.openapi and triggers of a
	// config.json in an uploaded zip. Whether the real cloud does so for an upload
	// key is not known; by default code uploads leave both alone.
	ApplyConfigOnUpload bool
	// Known reports whether WeChat has a cloud-call interface of that name.
	// nil: every name is known.
	Known func(api string) bool
	// Node and NPM are the programs to run; "" looks them up in PATH.
	Node, NPM string
	// CacheDir keeps installed packages between runs; "" is wxcloud/npm in the
	// user's cache folder.
	CacheDir string
	// Processes is how many idle Node processes are kept; default 8.
	Processes int
	// Private keeps the address out of the state folder, so that no other
	// process attaches to an instance that lives only as long as one command.
	Private bool
	// Tickets are the origins whose invocations carry a cloud-call ticket; nil is
	// DefaultTickets.
	Tickets []Origin
	// Interfaces is a folder of answers the project lays down for interfaces,
	// NAME.json each; "" or one that does not exist for none.
	Interfaces string
	// StrictSubscriptions lets subscribeMessage.send refuse from the start where
	// there is no subscription, and not only once the first one was given.
	StrictSubscriptions bool
	// Timers lets triggers fire: in real time, and when the clock is moved.
	Timers bool
	// Faults are what goes wrong from the start; Seed also repeats their chances.
	Faults []faults.Rule
	// Log, if set, receives one JSON line per request (see Exchange).
	Log io.Writer
	// Observe, if set, is called after each request, one call at a time. It must
	// not call the emulator.
	Observe func(Exchange)
}

// Emulator is a local cloud. All its methods may be used from any goroutine.
type Emulator struct {
	options     Options
	lock        *flock.Flock
	credentials Credentials
	uploadKey   *rsa.PublicKey
	control     string // bearer token of the control calls
	ticketKey   []byte // authenticates the cloud-call tickets
	runtime     secret // what functions sign their calls with
	direct      secret // what getqcloudapisignature signs with
	owner       secret // the Tencent account's API key
	pool        *node.Pool
	nonces      nonces
	cloudIDs    cloudIDs
	transcript  transcript
	faults      *faults.Plan
	replies     replyFolder
	// forced are the refreshes of the stable token that were asked for by force, and
	// cloudTokens the temporary cloud credentials handed out; mu guards both.
	forced, cloudTokens quota
	calls               calllog.Log
	timers              timers.Scheduler
	firing              chan struct{} // a place for each function that timers run
	closing             chan struct{} // closed when Close begins
	temporary           temporary
	objects             objects
	started             time.Time

	mu      sync.Mutex // guards state and random; never held while a function runs
	state   state
	random  *mathrand.Rand
	changes uint64       // counts changes of state; guarded by mu
	saving  sync.Mutex   // orders snapshots, and guards saved
	saved   uint64       // the change the last snapshot holds
	bodies  atomic.Int64 // bytes of the requests being answered

	ctx      context.Context // ends with Close
	cancel   context.CancelFunc
	group    sync.WaitGroup
	shutdown chan struct{} // closed when a control call asks for the end
	askOnce  sync.Once

	requests sync.WaitGroup // being answered

	// files is held for reading while an upload makes files that no function has
	// yet, and for writing while files no function has are removed.
	files    sync.RWMutex
	uploads  int
	replaced map[string]time.Time // when code was first seen that no function has

	actions   map[string]action         // by service and name
	addresses map[string]func(*request) // by path

	serving  sync.Mutex // guards what follows
	listener net.Listener
	server   *http.Server
	tunnels  *tunnels
	closed   bool
}

// secret is a pair of made-up Tencent credentials.
type secret struct{ id, key, session string }

// MaxNodes is how many gateway nodes a local cloud can have. Each keeps a copy of
// every list, and with more of them than calls nothing would ever be cached.
const MaxNodes = 100

// MaxCacheTTL is the longest a node can keep a list: the clock goes no further.
const MaxCacheTTL = maxOffset

// Open takes the state folder, making it and its credentials at the first start
// (an RSA key takes a moment), and refuses a folder another instance holds.
func Open(o Options) (*Emulator, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	lock, err := lockFolder(o.Dir)
	if err != nil {
		return nil, err
	}
	e, err := open(o, lock)
	if err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return e, nil
}

// lockFolder claims a folder for this process.
func lockFolder(dir string) (*flock.Flock, error) {
	if err := claimFolder(dir); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(dir, "emulator.lock"), flock.SetPermissions(0o600))
	held, err := lock.TryLock()
	if err != nil {
		return nil, clierr.New("emulator/dir-unusable", clierr.Local, clierr.Args{"dir": dir}).Because(err)
	}
	if !held {
		return nil, clierr.New("emulator/dir-in-use", clierr.Local, clierr.Args{"dir": dir}).Hint("emulator/hint-in-use", nil)
	}
	removeLeftWrites(dir)
	return lock, nil
}

func open(o Options, lock *flock.Flock) (*Emulator, error) {
	credentials, key, err := loadCredentials(o.Dir, o.AppID, o.EnvID)
	if err != nil {
		return nil, err
	}
	seed := o.Seed
	if seed == 0 {
		seed = mathrand.Uint64()
	}
	ctx, cancel := context.WithCancel(context.Background())
	e := &Emulator{
		options:     o,
		lock:        lock,
		credentials: credentials,
		uploadKey:   &key.PublicKey,
		control:     randomHex(24),
		ticketKey:   randomBytes(32),
		runtime:     secret{id: "AKIDlocal" + randomHex(12), key: randomHex(16), session: "local-session-" + randomHex(8)},
		owner:       secret{id: credentials.TencentID, key: credentials.TencentKey},
		direct:      secret{id: "AKIDlocal" + randomHex(12), key: randomHex(16)},
		random:      mathrand.New(mathrand.NewPCG(seed, seed)),
		faults:      faults.New(seed, o.Faults...),
		ctx:         ctx,
		cancel:      cancel,
		shutdown:    make(chan struct{}),
		closing:     make(chan struct{}),
		firing:      make(chan struct{}, maxTimersAtOnce),
		started:     time.Now(),
	}
	e.actions, e.addresses = e.cloudActions(), e.wechatAddresses()
	e.transcript.log, e.transcript.observe = o.Log, o.Observe
	e.replies.dir = o.Interfaces
	if _, err := e.replies.names(o.Known); err != nil {
		cancel()
		return nil, err
	}
	e.pool = node.New(node.Options{Program: o.Node, Idle: o.Processes, Home: filepath.Join(o.Dir, "home")})
	if err := e.load(); err != nil {
		cancel()
		return nil, err
	}
	e.restoreLogs()
	e.startTimers()
	e.resumeInstalls()
	return e, nil
}

// Listen serves on a loopback address such as "127.0.0.1:0" and, unless it is
// private, writes the address file that Attach reads. "localhost:PORT" is taken
// as 127.0.0.1.
func (e *Emulator) Listen(addr string) error {
	listener, err := listenLoopback(addr)
	if err != nil {
		return err
	}
	ca, err := authority.New(certifiedDomains(), time.Now())
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	e.serving.Lock()
	defer e.serving.Unlock()
	if e.closed || e.listener != nil {
		return errors.Join(errors.New("emulator: listening already or closed"), listener.Close())
	}
	e.listener = listener
	e.tunnels = newTunnels(listener.Addr(), ca, e.handler())
	e.server = newServer(e.handler())
	limited := limitConnections(listener, maxConnections)
	e.group.Go(func() { _ = e.server.Serve(limited) }) // ends with http.ErrServerClosed
	e.group.Go(func() { e.tunnels.serve() })
	if err := e.writeAddress(ca.PEM()); err != nil {
		return clierr.New("emulator/dir-unusable", clierr.Local, clierr.Args{"dir": e.options.Dir}).Because(err)
	}
	return nil
}

// Addr is the address served, host:port, or "" before Listen.
func (e *Emulator) Addr() string {
	e.serving.Lock()
	defer e.serving.Unlock()
	if e.listener == nil {
		return ""
	}
	return e.listener.Addr().String()
}

// URL is the base URL of every endpoint, "http://127.0.0.1:PORT".
func (e *Emulator) URL() string { return "http://" + e.Addr() }

// Credentials are what a client of this local cloud signs in with.
func (e *Emulator) Credentials() Credentials { return e.credentials }

// Remote returns a client of this instance; Listen must have succeeded.
func (e *Emulator) Remote() *Remote {
	return newRemote(e.URL(), e.control, e.credentials)
}

// Done is closed when a control call asked this instance to stop. Whoever
// opened it then calls Close.
func (e *Emulator) Done() <-chan struct{} { return e.shutdown }

// Close stops serving, ends every Node process, waits for what runs and frees
// the state folder. Requests in flight get until ctx ends.
func (e *Emulator) Close(ctx context.Context) error {
	e.serving.Lock()
	if e.closed {
		e.serving.Unlock()
		return nil
	}
	e.closed = true
	close(e.closing)
	server, listening, tunnels := e.server, e.listener != nil, e.tunnels
	e.serving.Unlock()

	var errs []error
	if server != nil {
		if err := server.Shutdown(ctx); err != nil {
			_ = server.Close() // the context has ended: cut what is left
		}
		tunnels.close()
	}
	e.cancel()
	e.pool.Close()
	// Requests that were cut go on to their end; none may write the state after
	// another instance has the folder.
	e.requests.Wait()
	e.group.Wait()
	if listening && !e.options.Private {
		errs = append(errs, e.removeAddress())
	}
	errs = append(errs, e.save(), e.keepLogs(), e.lock.Unlock())
	return errors.Join(errs...)
}

// plainEnvID reports whether an id is of the letters that ids of environments are
// made of; it becomes part of file names and of variables.
func plainEnvID(id string) bool {
	for _, r := range id {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_' {
			return false
		}
	}
	return len(id) <= 64
}

func (o Options) withDefaults() (Options, error) {
	dir, err := filepath.Abs(o.Dir)
	if err != nil || o.Dir == "" {
		return o, clierr.New("emulator/dir-unusable", clierr.Local, clierr.Args{"dir": o.Dir}).Because(err)
	}
	o.Dir = dir
	if o.EnvID == "" {
		o.EnvID = EnvID
	}
	if !plainEnvID(o.EnvID) {
		return o, clierr.New("emulator/env-id", clierr.Usage, clierr.Args{"env": o.EnvID})
	}
	if o.CacheTTL <= 0 {
		o.CacheTTL = DefaultCacheTTL
	}
	if o.Nodes <= 0 {
		o.Nodes = 3
	}
	if o.DeployTime == 0 {
		o.DeployTime = 300 * time.Millisecond
	}
	o.DeployTime = max(o.DeployTime, 0)
	if o.Tickets == nil {
		o.Tickets = DefaultTickets()
	}
	if o.Known == nil {
		o.Known = func(string) bool { return true }
	}
	if o.Node == "" {
		o.Node = "node"
	}
	if o.NPM == "" {
		o.NPM = "npm"
	}
	if o.Processes <= 0 {
		o.Processes = 8
	}
	if o.CacheDir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			cache = o.Dir
		}
		o.CacheDir = filepath.Join(cache, "wxcloud", "npm")
	}
	return o, nil
}

func listenLoopback(addr string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, clierr.New("emulator/cannot-listen", clierr.Usage, clierr.Args{"address": addr}).Because(err)
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return nil, clierr.New("emulator/not-loopback", clierr.Usage, clierr.Args{"address": addr})
	}
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, clierr.New("emulator/cannot-listen", clierr.Local, clierr.Args{"address": addr}).
			Because(err).Hint("emulator/hint-other-port", nil)
	}
	return listener, nil
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: crypto/rand ends the program instead
	return b
}

func randomHex(n int) string { return hex.EncodeToString(randomBytes(n)) }
