package emulator

import (
	"encoding/json"
	"sync"
	"time"
)

// cloudIDLife is how long a cloudID can be turned into its data (documented).
const cloudIDLife = 5 * time.Minute

// maxCloudIDs bounds the ones kept.
const maxCloudIDs = 10_000

// The documented errors of a cloudID.
const (
	codeInvalidCloudID = -601005
	codeExpiredCloudID = -601006
	codeForeignCloudID = -601007
)

// cloudIDs are the references to open data that this local cloud handed out in
// place of the mini program's client.
type cloudIDs struct {
	mu  sync.Mutex
	all map[string]openData
}

type openData struct {
	openID string
	data   map[string]json.RawMessage
	at     time.Time // on the local cloud's clock
}

func (c *cloudIDs) mint(openID string, data map[string]json.RawMessage, now time.Time) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all == nil || len(c.all) >= maxCloudIDs {
		c.all = map[string]openData{}
	}
	id := "local_" + randomHex(20)
	c.all[id] = openData{openID: openID, data: data, at: now}
	return id
}

// clear forgets them all: on a clock that was set back they would live on.
func (c *cloudIDs) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = nil
}

// openDataItem is what a function gets for a cloudID: data, or an error.
type openDataItem struct {
	CloudID string                     `json:"cloudID"`
	Data    map[string]json.RawMessage `json:"data,omitempty"`
	ErrCode int                        `json:"errCode,omitempty"`
	ErrMsg  string                     `json:"errMsg,omitempty"`
}

// openData turns a cloudID into its data for the user who is calling.
func (e *Emulator) openData(id, openID string) openDataItem {
	now := e.locked()
	e.cloudIDs.mu.Lock()
	defer e.cloudIDs.mu.Unlock()
	d, ok := e.cloudIDs.all[id]
	switch {
	case !ok:
		return openDataItem{CloudID: id, ErrCode: codeInvalidCloudID, ErrMsg: "invalid cloudID"}
	case now.Sub(d.at) > cloudIDLife:
		return openDataItem{CloudID: id, ErrCode: codeExpiredCloudID, ErrMsg: "cloudID expired"}
	case openID != d.openID:
		return openDataItem{CloudID: id, ErrCode: codeForeignCloudID, ErrMsg: "cloudID and calling user does not match"}
	}
	data := map[string]json.RawMessage{}
	for key, value := range d.data {
		data[key] = value
	}
	watermark, _ := json.Marshal(map[string]any{"appid": e.credentials.AppID, "timestamp": d.at.Unix()}) //nolint:errchkjson // always encodes
	data["watermark"] = watermark
	return openDataItem{CloudID: id, Data: data}
}

// resolveCloudIDs replaces the top-level values {"cloudID": ".."} of an event,
// which is what wx.cloud.CloudID() becomes on the way; deeper ones stay.
func (e *Emulator) resolveCloudIDs(event map[string]json.RawMessage, openID string) {
	for key, value := range event {
		var members map[string]string
		if json.Unmarshal(value, &members) != nil || len(members) != 1 || members["cloudID"] == "" {
			continue
		}
		if data, err := json.Marshal(e.openData(members["cloudID"], openID)); err == nil {
			event[key] = data
		}
	}
}
