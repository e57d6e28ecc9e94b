package emulator

import (
	"errors"

	"google.golang.org/protobuf/encoding/protowire"
)

// The two protobuf messages of wx.openApi, as the SDK's schema numbers them.

// The kinds of call in CommApiData.apiType.
const (
	apiOpen   = 0 // cloud.openapi
	apiInner  = 1
	apiSvrkit = 2 // getOpenData and the signatures
)

// pair is one argument of a cloud call: its name in snake_case and its value as
// JSON text, or a file's bytes.
type pair struct {
	Key, ContentType, FileName string
	Value                      []byte
}

// commAPIData is the request.
type commAPIData struct {
	apiType    uint64
	pairs      []pair
	svrkitName string
	svrkitData []byte
}

var errProtobuf = errors.New("not a CommApiData message")

// fields calls f for each field of a message; varints come as value, length-
// delimited fields as data.
func fields(b []byte, f func(number int32, value uint64, data []byte) error) error {
	for len(b) > 0 {
		number, kind, n := protowire.ConsumeTag(b)
		if n < 0 {
			return errProtobuf
		}
		b = b[n:]
		var value uint64
		var data []byte
		switch kind {
		case protowire.VarintType:
			value, n = protowire.ConsumeVarint(b)
		case protowire.BytesType:
			data, n = protowire.ConsumeBytes(b)
		default:
			n = protowire.ConsumeFieldValue(number, kind, b)
		}
		if n < 0 {
			return errProtobuf
		}
		b = b[n:]
		if err := f(int32(number), value, data); err != nil {
			return err
		}
	}
	return nil
}

func decodeCommAPIData(b []byte) (commAPIData, error) {
	var m commAPIData
	err := fields(b, func(number int32, value uint64, data []byte) error {
		switch number {
		case 1:
			m.apiType = value
		case 2:
			return fields(data, func(number int32, _ uint64, data []byte) error {
				if number != 1 {
					return nil
				}
				p, err := decodePair(data)
				m.pairs = append(m.pairs, p)
				return err
			})
		case 4:
			return fields(data, func(number int32, _ uint64, data []byte) error {
				switch number {
				case 1:
					m.svrkitName = string(data)
				case 2:
					m.svrkitData = data
				}
				return nil
			})
		}
		return nil
	})
	return m, err
}

func decodePair(b []byte) (pair, error) {
	var p pair
	err := fields(b, func(number int32, _ uint64, data []byte) error {
		switch number {
		case 1:
			p.Key = string(data)
		case 2:
			p.Value = data
		case 3:
			p.ContentType = string(data)
		case 4:
			p.FileName = string(data)
		}
		return nil
	})
	return p, err
}

// decodeCloudIDs reads ApiGetOpenDataByCloudIdReq: field 2, repeated.
func decodeCloudIDs(b []byte) ([]string, error) {
	var ids []string
	err := fields(b, func(number int32, _ uint64, data []byte) error {
		if number == 2 {
			ids = append(ids, string(data))
		}
		return nil
	})
	return ids, err
}

// commAnswer is CommOpenApiResp.
type commAnswer struct {
	data        []byte
	contentType string
	errorCode   int32
}

// encode writes the answer. An int32 error is sign-extended, ten bytes long; a
// refusal consists of it alone.
func (a commAnswer) encode() []byte {
	var b []byte
	if a.errorCode != 0 {
		b = protowire.AppendTag(b, 3, protowire.VarintType)
		return protowire.AppendVarint(b, uint64(int64(a.errorCode)))
	}
	b = protowire.AppendTag(b, 1, protowire.BytesType)
	b = protowire.AppendBytes(b, a.data)
	if a.contentType != "" {
		b = protowire.AppendTag(b, 2, protowire.BytesType)
		b = protowire.AppendString(b, a.contentType)
	}
	b = protowire.AppendTag(b, 4, protowire.VarintType)
	return protowire.AppendVarint(b, 200)
}

// encodeOpenData writes ApiGetOpenDataByCloudIdResp: repeated {1 cloudId, 2 json}.
func encodeOpenData(ids []string, texts [][]byte) []byte {
	var b []byte
	for i, id := range ids {
		item := protowire.AppendString(protowire.AppendTag(nil, 1, protowire.BytesType), id)
		item = protowire.AppendBytes(protowire.AppendTag(item, 2, protowire.BytesType), texts[i])
		b = protowire.AppendBytes(protowire.AppendTag(b, 1, protowire.BytesType), item)
	}
	return b
}
