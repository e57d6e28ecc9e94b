package emulator

import (
	"encoding/json"
	"time"
)

// cloudError is a Response.Error of Tencent's cloud API.
type cloudError struct{ Code, Message string }

func (c *cloudError) response() []byte {
	return response(map[string]any{"Error": map[string]string{"Code": c.Code, "Message": c.Message}})
}

// response wraps the members of an answer and gives it a request id.
func response(members map[string]any) []byte {
	if members == nil {
		members = map[string]any{}
	}
	members["RequestId"] = requestID()
	data, err := json.Marshal(map[string]any{"Response": members})
	if err != nil { // cannot happen with the types given here
		return []byte(`{"Response":{"Error":{"Code":"InternalError","Message":"unencodable answer"}}}`)
	}
	return data
}

// action is one cloud action: body in, members of the answer out.
type action func(q *request, body []byte) (map[string]any, *cloudError)

// cloudAction runs an action of the scf or tcb service and returns the whole
// answer, {"Response":{...}}. It is reached through the upload key's relay and,
// with headers made for it, directly. nil means that a fault answered.
func (e *Emulator) cloudAction(q *request, service, name string, body []byte) []byte {
	q.x.Action, q.x.Function = name, functionNamed(body)
	var told []byte
	if e.meet(q, q.actionRefusals(func(answer []byte) { told = answer })) {
		return told
	}
	run := e.action(service, name)
	if run == nil {
		q.x.Verdict = "InvalidAction"
		return (&cloudError{"InvalidAction", "the local cloud does not have the action " + name + " of the service " + service}).response()
	}
	members, failure := run(q, body)
	if failure != nil {
		q.x.Verdict = failure.Code
		return failure.response()
	}
	return response(members)
}

func (e *Emulator) action(service, name string) action {
	switch service + "." + name {
	case "tcb.DescribeTcbAccountInfo":
		return e.describeAccount
	case "scf.GetTempCosInfo":
		return e.getTempCosInfo
	case "tcb.GetFunctionLogs":
		return e.functionLogs
	case "tcb.GetFunctionLogDetail":
		return e.functionLogDetail
	case "tcb.SearchClsLog":
		return e.searchClsLog
	case "tcb.DescribeEnvs":
		return e.describeEnvs
	case "scf.ListFunctions":
		return e.listFunctions
	case "scf.GetFunction":
		return e.getFunction
	case "scf.CreateFunction":
		return e.createFunction
	case "scf.UpdateFunctionCode":
		return e.updateFunctionCode
	case "scf.UpdateFunctionConfiguration":
		return e.updateFunctionConfiguration
	case "scf.DeleteFunction":
		return e.deleteFunction
	case "scf.UpdateFunctionIncrementalCode":
		return e.updateIncremental
	case "scf.GetFunctionAddress":
		return e.getFunctionAddress
	case "scf.PublishVersion":
		return e.publishVersion
	case "scf.ListVersionByFunction":
		return e.listVersions
	case "scf.DeleteTrigger":
		return e.deleteTrigger
	case "scf.ListTriggers":
		return e.listTriggers
	case "scf.Invoke":
		return e.invokeAction
	case "scf.BatchCreateTrigger":
		return e.batchCreateTrigger
	default:
		return nil
	}
}

// decode reads an action's body.
func decode(body []byte, into any) *cloudError {
	if err := json.Unmarshal(body, into); err != nil {
		return &cloudError{"InvalidParameter", "the body is not the expected JSON: " + err.Error()}
	}
	return nil
}

// cloudTime is how these services write a time: Beijing time without a zone.
func cloudTime(t time.Time) string {
	return t.In(time.FixedZone("", 8*3600)).Format(time.DateTime)
}

// tencentAppID is the made-up Tencent account the environment belongs to. Clients
// need a log service and a bucket in the answer, whether they use them or not.
const tencentAppID = "1250000000"

// envMade is when the one environment says it was made.
const envMade = "2024-01-01 08:00:00"

// describeEnvs answers the one environment. Real clients require each of these
// members and take the region of the functions from it.
func (e *Emulator) describeEnvs(_ *request, body []byte) (map[string]any, *cloudError) {
	var in struct{ WxAppId, EnvId string }
	if failure := decode(body, &in); failure != nil {
		return nil, failure
	}
	list := []any{}
	if (in.EnvId == "" || in.EnvId == e.credentials.EnvID) && (in.WxAppId == "" || in.WxAppId == e.credentials.AppID) {
		made, bucket := envMade, "6c6f-"+e.credentials.EnvID+"-"+tencentAppID
		list = append(list, map[string]any{
			"EnvId": e.credentials.EnvID, "Alias": e.credentials.EnvID, "Source": "miniapp", "Status": "NORMAL", "EnvChannel": "ide", "EnvType": "baas",
			"CreateTime": made, "UpdateTime": made, "IsDefault": true, "Region": Region, "Meta": "", "PayMode": "prepayment",
			"PackageId": "basic", "PackageName": "基础版", "PackageType": "basic",
			"Functions":      []any{map[string]string{"Namespace": e.credentials.EnvID, "Region": Region}},
			"Databases":      []any{},
			"Storages":       []any{map[string]string{"AppId": tencentAppID, "Bucket": bucket, "CdnDomain": bucket + ".tcb.qcloud.la", "Region": Region}},
			"LogServices":    []any{map[string]string{"LogsetName": "local", "LogsetId": "ls-local", "TopicName": "local", "TopicId": "tp-local", "Region": Region}},
			"StaticStorages": []any{}, "CustomLogServices": []any{}, "EnvPreferences": []any{}, "Tags": []any{},
		})
	}
	return map[string]any{"EnvList": list, "Total": len(list)}, nil
}
