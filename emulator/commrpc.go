package emulator

import (
	"encoding/binary"
	"errors"
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

// maxPairs bounds the arguments of a cloud call: an empty one takes two bytes on
// the wire and far more in memory.
const maxPairs = 1000

var errProtobuf = errors.New("not a CommApiData message")

// The wire types of protobuf. The library for them reads its own binary at
// start-up, which every command would pay for; the tests use it as the other side.
const (
	wireVarint  = 0
	wireFixed64 = 1
	wireBytes   = 2
	wireFixed32 = 5
)

// fields calls f for each field of a message; varints come as value, length-
// delimited fields as data.
func fields(b []byte, f func(number int32, value uint64, data []byte) error) error {
	for len(b) > 0 {
		tag, n := binary.Uvarint(b)
		if n <= 0 || tag>>3 == 0 || tag>>3 > maxField {
			return errProtobuf
		}
		b = b[n:]
		var value uint64
		var data []byte
		switch tag & 7 {
		case wireVarint:
			value, n = binary.Uvarint(b)
		case wireBytes:
			value, n = binary.Uvarint(b)
			if n > 0 && value <= uint64(len(b)-n) {
				data, n = b[n:n+int(value)], n+int(value)
			} else {
				n = 0
			}
		case wireFixed64:
			n = 8
		case wireFixed32:
			n = 4
		default:
			n = 0
		}
		if n <= 0 || n > len(b) {
			return errProtobuf
		}
		b = b[n:]
		if err := f(int32(tag>>3), value, data); err != nil {
			return err
		}
	}
	return nil
}

// maxField is the highest field number protobuf allows.
const maxField = 1<<29 - 1

func appendVarint(b []byte, number int, value uint64) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(b, uint64(number)<<3|wireVarint), value)
}

func appendBytes[T string | []byte](b []byte, number int, data T) []byte {
	b = binary.AppendUvarint(b, uint64(number)<<3|wireBytes)
	return append(binary.AppendUvarint(b, uint64(len(data))), data...)
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
				if len(m.pairs) >= maxPairs {
					return errProtobuf
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
		if len(ids) >= maxPairs {
			return errProtobuf
		}
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
		return appendVarint(b, 3, uint64(int64(a.errorCode)))
	}
	b = appendBytes(b, 1, a.data)
	if a.contentType != "" {
		b = appendBytes(b, 2, a.contentType)
	}
	return appendVarint(b, 4, 200)
}

// encodeOpenData writes ApiGetOpenDataByCloudIdResp: repeated {1 cloudId, 2 json}.
func encodeOpenData(ids []string, texts [][]byte) []byte {
	var b []byte
	for i, id := range ids {
		item := appendBytes(nil, 1, id)
		item = appendBytes(item, 2, texts[i])
		b = appendBytes(b, 1, item)
	}
	return b
}
