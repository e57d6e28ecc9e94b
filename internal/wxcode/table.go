package wxcode

// The pages the tables point to.
const (
	cloudCodes  = "https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference/errcode.html"
	globalCodes = "https://developers.weixin.qq.com/doc/oplatform/developers/errCode/errCode.html"
	cloudCall   = "https://developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/openapi/openapi.html"
	uploadKey   = "https://developers.weixin.qq.com/miniprogram/dev/devtools/ci.html"
	troubles    = "https://developers.weixin.qq.com/doc/oplatform/developers/troubleshooting"
	getConfig   = "https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/cloudbase/common/getFuncConfig.html"
	invoke      = "https://developers.weixin.qq.com/minigame/dev/wxcloud/reference-http-api/functions/invokeCloudFunction"
	secretPage  = "https://developers.weixin.qq.com/doc/store/leagueheadsupplier/API/getaccesstoken.html"
	updateCode  = "https://cloud.tencent.com/document/product/583/18581"
)

// codes is static data: nothing is built at start-up, and a linear search over
// it costs less than a microsecond when something has already gone wrong.
var codes = [...]Code{
	// Cloud calls.
	{-604101, Permission, "function has no permission to call this API", Documented, cloudCall},
	{-604100, Permission, "API not found", Documented, cloudCodes},
	{-604102, Service, "call open API timeout", Documented, cloudCodes},
	{-604103, Service, "call open API system error", Documented, cloudCodes},
	{-604104, Permission, "illegal source of invocation", Documented, cloudCodes},
	{-604001, Limit, "cloudfunction result size exceed limit (1MB)", Documented, cloudCodes},
	{-602001, Limit, "database query result size exceed limit (1MB)", Documented, cloudCodes},

	// The server SDK and WeChat's side of cloud development.
	{-601001, Service, "system error", Documented, cloudCodes},
	{-601002, Argument, "system args error", Documented, cloudCodes},
	{-601003, Service, "system network error", Documented, cloudCodes},
	{-601004, Account, "api permission denied", Documented, cloudCodes},
	{-601005, OpenData, "invalid cloudID", Documented, cloudCodes},
	{-601006, OpenData, "cloudID expired", Documented, cloudCodes},
	{-601007, OpenData, "cloudID and calling user does not match", Documented, cloudCodes},
	{-601008, Service, "server-side request timedout", Documented, cloudCodes},
	{-601009, OpenData, "missing mobile phone", Documented, cloudCodes},
	{-601010, Account, "no write permission", Documented, cloudCodes},
	{-601011, Account, "no privilege permission", Documented, cloudCodes},
	{-601012, Environment, "unauthorized env", Documented, cloudCodes},
	{-601013, Account, "no multiend permission", Documented, cloudCodes},
	{-601015, Environment, "access denied (cloudfunction cloudbase_auth returns empty errCode)", Documented, cloudCodes},
	{-601016, Environment, "missing env auth info", Documented, cloudCodes},
	{-601017, Environment, "access denied (cloudbase_auth returns non-zero errCode)", Documented, cloudCodes},
	{-601018, Environment, "unauthorized API", Documented, cloudCodes},

	// Cloud resources.
	{-501000, Environment, "invalid env or function not found", Reported, ""},
	{-501001, Service, "resource system error", Documented, cloudCodes},
	{-501002, Service, "resource server timeout", Documented, cloudCodes},
	{-501003, Limit, "exceed request limit", Documented, cloudCodes},
	{-501004, Limit, "exceed concurrent request limit", Documented, cloudCodes},
	{-501005, Environment, "invalid env", Documented, cloudCodes},
	{-501006, Argument, "invalid common parameters", Documented, cloudCodes},
	{-501007, Argument, "invalid parameters", Documented, cloudCodes},
	{-501008, Permission, "invalid request source", Documented, cloudCodes},
	{-501009, Environment, "resource not initialized", Documented, cloudCodes},
	{-502001, Database, "database request fail", Documented, cloudCodes},
	{-502002, Database, "database invalid command", Documented, cloudCodes},
	{-502003, Database, "database permission denied", Documented, cloudCodes},
	{-502004, Database, "database exceed collection limit", Documented, cloudCodes},
	{-502005, Database, "database collection not exists", Documented, cloudCodes},
	{-503001, Storage, "storage request fail", Documented, cloudCodes},
	{-503002, Storage, "storage permission denied", Documented, cloudCodes},
	{-503003, Storage, "storage file not exists", Documented, cloudCodes},
	{-503004, Storage, "storage invalid sign parameter", Documented, cloudCodes},
	{-504001, Function, "functions request fail", Documented, cloudCodes},
	{-504002, Function, "functions execute fail", Documented, cloudCodes},
	{-504003, Function, "function timeout", Reported, ""},
	{-404011, Function, "cloud function execution error", Reported, ""},

	// The upload key (miniprogram-ci's channel) and DevTools.
	{-10008, Allowlist, "invalid ip", Reported, uploadKey},
	{-80011, Credential, "get new ticket fail", Reported, ""},
	{-80002, Limit, "upload key called too often", Documented, ""},
	{20001, Service, "random string failed", Documented, ""},
	{20002, Credential, "local signing failed", Documented, ""},
	{41002, Credential, "appid missing", Documented, globalCodes},
	{80208, Function, "version conflict", Reported, ""},
	{80209, Function, "no configuration", Reported, ""},
	{80210, Account, "NO_CLOUD_MANAGE_PERMISSION_AUTHORIZED_TO_3RD_PLATFORM", Documented, ""},
	{413, Limit, "Request Entity Too Large", Documented, ""},

	// api.weixin.qq.com: tokens and accounts.
	{40001, Credential, "invalid credential", Documented, globalCodes},
	{40013, Credential, "invalid appid", Documented, globalCodes},
	{40014, Credential, "invalid access_token", Documented, globalCodes},
	{40125, Credential, "invalid appsecret", Reported, ""},
	{40164, Allowlist, "invalid ip, not in whitelist", Documented, globalCodes},
	{40243, Credential, "AppSecret is frozen", Documented, secretPage},
	{41001, Credential, "access_token missing", Documented, globalCodes},
	{41004, Credential, "appsecret missing", Reported, ""},
	{42001, Credential, "access_token expired", Documented, globalCodes},
	{48001, Account, "api unauthorized", Documented, troubles},
	{61007, Account, "api is unauthorized to component", Documented, troubles},
	{85088, Environment, "cloud development not opened", Documented, getConfig},
	{85089, Permission, "no cloud-call configuration", Documented, getConfig},

	// api.weixin.qq.com: the request.
	{40003, Argument, "invalid openid", Documented, ""},
	{40029, Argument, "invalid code", Documented, ""},
	{40037, Argument, "invalid template_id", Documented, ""},
	{40066, Argument, "invalid url", Documented, globalCodes},
	{40097, Argument, "invalid args", Documented, ""},
	{40101, Argument, "missing parameter", Documented, ""},
	{40129, Argument, "invalid scene", Documented, ""},
	{40163, Argument, "code been used", Reported, ""},
	{41030, Argument, "invalid page", Documented, ""},
	{43002, Argument, "require POST method", Documented, globalCodes},
	{44002, Argument, "empty post data", Documented, invoke},
	{47001, Argument, "data format error", Documented, ""},
	{47003, Argument, "argument invalid", Documented, ""},
	{43101, Content, "user refuse to accept the msg", Documented, ""},
	{43104, Argument, "The openid does not match the appid", Documented, ""},
	{87014, Content, "risky content", Reported, ""},

	// api.weixin.qq.com: quotas and withdrawn interfaces.
	{45009, Limit, "reach max api daily quota limit", Documented, globalCodes},
	{45011, Limit, "api minute-quota reach limit", Documented, globalCodes},
	{44990, Limit, "reach max api second frequence limit", Documented, ""},
	{44993, Limit, "reach max api day frequence limit", Documented, ""},
	{45103, Retired, "This API has been unsupported", Reported, ""},
	{45109, Retired, "API has been withdrawn", Reported, ""},
	{-1, Service, "system error", Documented, globalCodes},
	{-1000, Service, "system error", Documented, ""},
}

// named holds the codes of Tencent Cloud's functions and environments as its
// own Go SDK lists them, and the families they belong to.
var named = [...]Named{
	{"ResourceNotFound", Function, Documented, ""},
	{"ResourceNotFound.Function", Function, Documented, ""},
	{"ResourceNotFound.FunctionName", Function, Documented, ""},
	{"ResourceNotFound.Namespace", Environment, Documented, ""},
	{"ResourceNotFound.Trigger", Function, Documented, ""},
	{"ResourceNotFound.Timer", Function, Documented, ""},
	{"ResourceInUse", Function, Documented, ""},
	{"ResourceInUse.Function", Function, Documented, ""},
	{"ResourceInUse.FunctionName", Function, Documented, ""},
	{"ResourceInUse.Trigger", Function, Documented, ""},
	{"ResourceInUse.TriggerName", Function, Documented, ""},
	{"ResourceUnavailable", Environment, Documented, ""},
	{"ResourceUnavailable.InsufficientBalance", Limit, Documented, ""},
	{"ResourceInsufficient", Limit, Reported, ""},
	{"FailedOperation", Function, Documented, ""},
	{"FailedOperation.UpdateFunctionCode", Function, Documented, ""},
	{"FailedOperation.FunctionNameStatusError", Function, Documented, ""},
	{"FailedOperation.FunctionStatusError", Function, Documented, ""},
	{"FailedOperation.OperationConflict", Function, Documented, ""},
	{"FailedOperation.CreateTrigger", Function, Documented, ""},
	{"FailedOperation.DeleteFunction", Function, Documented, ""},
	{"FailedOperation.InsufficientBalance", Limit, Documented, ""},
	{"FailedOperation.QcsRoleNotFound", Account, Documented, ""},
	{"FailedOperation.GetFunctionAddress", Service, Documented, ""},
	{"InvalidParameter", Argument, Documented, ""},
	{"InvalidParameterValue", Argument, Documented, ""},
	{"InvalidParameterValue.ZipFile", Argument, Documented, updateCode},
	{"InvalidParameterValue.ZipFileBase64BinasciiError", Argument, Documented, updateCode},
	{"InvalidParameterValue.Handler", Argument, Documented, ""},
	{"InvalidParameterValue.Runtime", Argument, Documented, ""},
	{"InvalidParameterValue.TriggerDesc", Argument, Documented, ""},
	{"InvalidParameterValue.TriggerName", Argument, Documented, ""},
	{"InvalidParameterValue.TempCosObjectName", Argument, Documented, ""},
	{"InvalidParameterValue.CosBucketRegion", Argument, Documented, ""},
	{"InvalidParameterValue.EnvironmentExceededLimit", Limit, Documented, ""},
	{"InvalidParameterValue.CodeSecret", Argument, Documented, ""},
	{"InvalidParameterValue.Stamp", Argument, Documented, ""},
	{"LimitExceeded", Limit, Documented, ""},
	{"LimitExceeded.Function", Limit, Documented, ""},
	{"LimitExceeded.Trigger", Limit, Documented, ""},
	{"UnauthorizedOperation", Account, Documented, ""},
	{"UnauthorizedOperation.CAM", Account, Documented, ""},
	{"UnauthorizedOperation.CodeSecret", Account, Documented, ""},
	{"UnauthorizedOperation.TempCosAppid", Account, Documented, ""},
	{"UnsupportedOperation.Trigger", Function, Documented, ""},
	{"RequestLimitExceeded", Limit, Reported, ""},
	{"AuthFailure", Credential, Reported, ""},
	{"AuthFailure.SignatureExpire", Credential, Reported, ""},
	{"AuthFailure.SignatureFailure", Credential, Reported, ""},
	{"InternalError", Service, Documented, ""},
	{"InternalError.System", Service, Documented, ""},
}
