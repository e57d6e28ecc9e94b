package emulator

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"wxcloud/internal/atomicfile"
	"wxcloud/internal/clierr"
)

// Credentials are made at the first start of a local cloud and stay in its
// folder, readable by their owner alone. They open nothing but this local cloud.
type Credentials struct {
	// AppID of the mini program and EnvID of its one environment.
	AppID string `json:"appId"`
	EnvID string `json:"envId"`
	// AppSecret buys ordinary access tokens (/cgi-bin/stable_token).
	AppSecret string `json:"appSecret"`
	// AuthorizerToken is a third-party platform's token; it alone may read and
	// write permissions. It does not expire here.
	AuthorizerToken string `json:"authorizerToken"`
	// UploadKeyPath is the file private.<appid>.key (PKCS#1 PEM).
	UploadKeyPath string `json:"uploadKeyPath"`
	// TencentID and TencentKey are the API key of the Tencent account behind the
	// mini program, as @cloudbase/cli signs in with.
	TencentID  string `json:"tencentSecretId"`
	TencentKey string `json:"tencentSecretKey"`
	// CLIKey is the key of the CloudRun settings that @wxcloud/cli signs in with.
	CLIKey string `json:"cliKey"`
}

const credentialsFile = "credentials.json"

// uploadKeyBits is the size of the keys the real console hands out.
const uploadKeyBits = 2048

func loadCredentials(dir, appID, envID string) (Credentials, *rsa.PrivateKey, error) {
	c, err := readCredentials(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c = Credentials{AppSecret: randomHex(16), AuthorizerToken: "local-authorizer-" + randomHex(32)}
	case err != nil:
		return c, nil, err
	}
	oldKey := c.UploadKeyPath
	switch {
	case appID != "":
		c.AppID = appID
	case c.AppID == "":
		c.AppID = DefaultAppID
	}
	c.EnvID = envID
	if c.TencentID == "" {
		c.TencentID, c.TencentKey = "AKIDowner"+randomHex(12), randomHex(16)
	}
	if c.CLIKey == "" {
		c.CLIKey = "local-cli-" + randomHex(24)
	}
	if strings.ContainsAny(c.AppID, `/\`) || c.AppID == ".." {
		return c, nil, clierr.New("emulator/app-id", clierr.Usage, clierr.Args{"appid": c.AppID})
	}
	c.UploadKeyPath = filepath.Join(dir, "private."+c.AppID+".key")
	key, err := loadKey(c.UploadKeyPath, oldKey)
	if errors.Is(err, errNoKey) {
		return c, nil, brokenState(c.UploadKeyPath, err)
	}
	if err != nil {
		return c, nil, clierr.New("emulator/dir-unusable", clierr.Local, clierr.Args{"dir": dir}).Because(err)
	}
	data, err := json.MarshalIndent(c, "", "  ")
	if err == nil {
		err = atomicfile.Write(filepath.Join(dir, credentialsFile), append(data, '\n'), 0o600)
	}
	if err != nil {
		return c, nil, clierr.New("emulator/dir-unusable", clierr.Local, clierr.Args{"dir": dir}).Because(err)
	}
	return c, key, nil
}

func readCredentials(dir string) (Credentials, error) {
	var c Credentials
	path := filepath.Join(dir, credentialsFile)
	data, err := os.ReadFile(path)
	if err != nil {
		return c, err
	}
	if err := json.Unmarshal(data, &c); err != nil {
		return c, brokenState(path, err)
	}
	if c.AppSecret == "" || c.AuthorizerToken == "" {
		// Many programs keep a file of this name.
		return c, brokenState(path, errors.New("not the credentials of a local cloud"))
	}
	return c, nil
}

// loadKey reads the upload key. When the app id has changed the key is the one
// of the old app id, under its new name: a local cloud has one key.
func loadKey(path, old string) (*rsa.PrivateKey, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && old != "" {
		if data, err = os.ReadFile(old); err == nil {
			err = atomicfile.Write(path, data, 0o600)
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return makeKey(path)
	}
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(data)
	if block == nil {
		return nil, errNoKey
	}
	key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err != nil {
		return nil, errNoKey // what ASN.1 has to say of it helps nobody
	}
	return key, nil
}

var errNoKey = errors.New("not an RSA private key in PEM")

func makeKey(path string) (*rsa.PrivateKey, error) {
	key, err := rsa.GenerateKey(rand.Reader, uploadKeyBits)
	if err != nil {
		return nil, err
	}
	block := &pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}
	return key, atomicfile.Write(path, pem.EncodeToMemory(block), 0o600)
}

func brokenState(path string, cause error) error {
	err := clierr.New("emulator/state-broken", clierr.Local, clierr.Args{"path": path}).Because(cause)
	if filepath.Base(path) == stateFile {
		return err.Hint("emulator/hint-reset-state", clierr.Args{"path": path})
	}
	return err.Hint("emulator/hint-reset", clierr.Args{"path": path})
}
