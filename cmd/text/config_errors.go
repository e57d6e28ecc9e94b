package text

// configErrors are the errors and hints of the config room.
var configErrors = []entry{
	// Finding the project.
	{"config/no-project", Sentence{
		"no mini program project at {folder} or above it: there is no project.config.json, wxcloud.json or cloudbaserc.json",
		"{folder} 及其上级目录里没有小程序项目：找不到 project.config.json、wxcloud.json 或 cloudbaserc.json",
	}},
	{"config/hint-go-to", Sentence{
		"there is a project in {folder}; run the command there",
		"{folder} 里有一个项目，请进入该目录再运行",
	}},
	{"config/hint-init", Sentence{
		"start a project here: wxcloud init",
		"在这里新建项目：wxcloud init",
	}},
	{"config/hint-root", Sentence{
		"or name the folder your cloud functions are in: --root DIR",
		"或者用 --root 目录 指定云函数所在的目录",
	}},
	{"config/no-folder", Sentence{
		"there is no folder {folder}",
		"目录 {folder} 不存在",
	}},
	{"config/not-a-folder", Sentence{
		"{folder} is not a folder",
		"{folder} 不是目录",
	}},

	// Finding the functions.
	{"config/root-unknown", Sentence{
		"nothing says where the cloud functions of {folder} are, and no folder has a usual name such as cloudfunctions",
		"无法确定 {folder} 的云函数在哪里：没有任何配置指明，也没有 cloudfunctions 之类的常用目录",
	}},
	{"config/hint-name-root", Sentence{
		"set cloudfunctionRoot in project.config.json, or name the folder: --root DIR",
		"在 project.config.json 里设置 cloudfunctionRoot，或用 --root 目录 指定",
	}},
	{"config/root-missing", Sentence{
		"the cloud functions should be in {root} ({source}), but there is no such folder",
		"按照 {source}，云函数应当在 {root}，但该目录不存在",
	}},
	{"config/hint-make-root", Sentence{
		"make it together with a first function: wxcloud init",
		"运行 wxcloud init 可以创建该目录和第一个云函数",
	}},
	{"config/root-not-a-folder", Sentence{
		"the cloud functions should be in {root} ({source}), but that is not a folder",
		"按照 {source}，云函数应当在 {root}，但它不是目录",
	}},
	{"config/root-too-wide", Sentence{
		"{root} ({source}) cannot be the folder of cloud functions: it is the whole home folder or file system",
		"{root}（来自 {source}）不能作为云函数根目录：它是整个用户主目录或文件系统",
	}},
	{"config/root-absolute", Sentence{
		"{root} is an absolute path, which holds on one computer only; write it relative to this file",
		"{root} 是绝对路径，换一台电脑就会失效，请改成相对于本文件的路径",
	}},
	{"config/root-odd", Sentence{
		"{root} has control characters in it and cannot be a folder",
		"{root} 含有控制字符，不能作为目录名",
	}},

	// Reading and writing files.
	{"config/unreadable", Sentence{
		"cannot be read",
		"无法读取",
	}},
	{"config/unwritable", Sentence{
		"cannot be written",
		"无法写入",
	}},
	{"config/not-a-file", Sentence{
		"a file is expected here, this is something else",
		"这里应当是一个普通文件，实际不是",
	}},
	{"config/too-large", Sentence{
		"too large for a configuration file",
		"文件过大，不像是配置文件",
	}},
	{"config/changed-meanwhile", Sentence{
		"the file was changed by somebody else in the meantime; nothing was written, run the command again",
		"文件刚刚被其他程序改动过，因此没有写入，请重新运行命令",
	}},
	{"config/not-an-object", Sentence{
		"the file must hold an object; found {found}",
		"文件内容应当是一个对象，实际是 {found}",
	}},
	{"config/want-string", Sentence{
		"{key} must be a string; found {found}",
		"{key} 应当是字符串，实际是 {found}",
	}},
	{"config/want-object", Sentence{
		"{key} must be an object; found {found}",
		"{key} 应当是对象，实际是 {found}",
	}},
	{"config/want-array", Sentence{
		"{key} must be a list; found {found}",
		"{key} 应当是数组，实际是 {found}",
	}},
	{"config/want-level", Sentence{
		"{key} must be off, notice, warning or error; found {found}",
		"{key} 应当是 off、notice、warning 或 error，实际是 {found}",
	}},
	{"config/ignore-rule", Sentence{
		"an entry of {key} must name a rule; found {found}",
		"{key} 的条目必须写明规则（rule），实际是 {found}",
	}},
	{"config/want-boolean", Sentence{
		"{key} must be true or false; found {found}",
		"{key} 应当是 true 或 false，实际是 {found}",
	}},
	{"config/want-count", Sentence{
		"{key} must be a whole number above zero; found {found}",
		"{key} 应当是大于零的整数，实际是 {found}",
	}},
	{"config/unknown-key", Sentence{
		"{key} means nothing here; known keys: {known}",
		"这里不认识 {key}；可用的键：{known}",
	}},

	{"config/hint-more-wrong", Sentence{
		"{count} more in this file: wxcloud lint shows all",
		"该文件还有 {count} 处错误，运行 wxcloud lint 查看全部",
	}},
	{"config/misspelt-key", Sentence{
		"{key} means nothing here; did you mean {near}?",
		"这里不认识 {key}，是不是想写 {near}？",
	}},
	{"config/want-texts", Sentence{
		"an entry of {key} must be a string that is not empty; found {found}",
		"{key} 的每一项应当是非空字符串，实际是 {found}",
	}},
	{"config/want-patterns", Sentence{
		"an entry of {key} must be the name of a function or a pattern such as order-*; found {found}",
		"{key} 的每一项应当是函数名或 order-* 这样的通配写法，实际是 {found}",
	}},
	{"config/want-environment", Sentence{
		"the environment {key} must be its id, or an object with id; found {found}",
		"环境 {key} 应当写成环境 ID，或带 id 的对象，实际是 {found}",
	}},
	{"config/environment-id", Sentence{
		"the environment {key} has no id",
		"环境 {key} 没有写环境 ID（id）",
	}},
	{"config/environment-local", Sentence{
		"the environment {key} is the embedded local cloud, which has no other id; give yours another name",
		"环境 {key} 是内置的本地模拟云，不能写其他环境 ID；请给你的环境换个名称",
	}},
	{"config/source", Sentence{
		"source must be a relative path with {function} in it once, such as src/cloudfunctions/{function}; found {found}",
		"source 应当是相对路径，其中恰好出现一次 {function}，例如 src/cloudfunctions/{function}；实际是 {found}",
	}},
	{"config/source-nowhere", Sentence{
		"no function has its sources at {source}",
		"没有任何云函数的源码位于 {source}",
	}},
	{"config/copy-entry", Sentence{
		"an entry of {key} must be an object whose from names what to copy; found {found}",
		"{key} 的条目应当是对象，并用 from 写明要复制什么，实际是 {found}",
	}},
	{"config/copy-from", Sentence{
		"{from} is an absolute path, which holds on one computer only; write it relative to this file",
		"{from} 是绝对路径，换一台电脑就会失效，请改成相对于本文件的路径",
	}},
	{"config/copy-to", Sentence{
		"{to} is no place in a function for a copy: it must be a relative path that stays inside, and never the function's own config.json",
		"{to} 不能作为复制到函数里的位置：应当是不越出函数目录的相对路径，且不能是函数自己的 config.json",
	}},
	{"config/runtime-near", Sentence{
		"the runtime {runtime} is not known here; did you mean {near}?",
		"不认识运行环境 {runtime}，是不是想写 {near}？",
	}},
	{"config/runtime-unknown", Sentence{
		"the runtime {runtime} is not known here; the cloud may refuse it",
		"不认识运行环境 {runtime}，云端可能会拒绝",
	}},
	{"config/memory-step", Sentence{
		"{memory} MB of memory is not documented: 64, or 128 to 3072 in steps of 128",
		"文档没有 {memory} MB 这一档内存：可用 64，或 128 到 3072 之间 128 的倍数",
	}},
	{"config/timeout-long", Sentence{
		"a timeout of {timeout} seconds is more than the documented {most}",
		"超时时间 {timeout} 秒超过了文档所写的上限 {most} 秒",
	}},
	{"config/variable-name", Sentence{
		"{name} cannot be the name of a variable: letters, digits and underscores, no digit first",
		"{name} 不能作为环境变量名：只能用字母、数字和下划线，且不能以数字开头",
	}},
	{"config/variable-value", Sentence{
		"the value of {name} must be a string, in double quotes; found a {kind}",
		"{name} 的值应当是用双引号括起来的字符串，实际类型是 {kind}",
	}},
	{"config/reference", Sentence{
		"the reference in {name} is not written as ${NAME}; where no reference is meant, write $${",
		"{name} 里的引用没有写成 ${NAME} 的形式；如果不是引用，请写成 $${",
	}},
	{"config/reference-unset", Sentence{
		"{variable} needs the environment variable {name}, which is not set or empty",
		"{variable} 需要环境变量 {name}，但它没有设置或为空",
	}},
	{"config/hint-set-variable", Sentence{
		"set {name} in the shell or in the secrets of the pipeline, and run the command again",
		"请在终端或流水线的密钥设置里设置 {name}，再重新运行命令",
	}},
	{"config/trigger-twice", Sentence{
		"a second trigger of the name {name}; the first one counts",
		"触发器 {name} 重名，只有第一个生效",
	}},
	{"config/trigger-needs", Sentence{
		"the trigger needs a {key}",
		"触发器缺少 {key}",
	}},
	{"config/trigger-type", Sentence{
		"the type of a trigger must be timer, the only one documented; found {found}",
		"触发器的 type 应当是 timer（文档只有这一种），实际是 {found}",
	}},
	{"config/cron-count", Sentence{
		"a schedule has seven fields (second minute hour day month weekday year); found {text}",
		"定时表达式应当有七段（秒 分 时 日 月 星期 年），实际是 {text}",
	}},
	{"config/cron-invalid", Sentence{
		"{part} in the schedule {text} is not a value that stands at its place",
		"定时表达式 {text} 里的 {part} 不是该位置可用的写法",
	}},
	{"config/cron-doubtful", Sentence{
		"what {part} means in the schedule {text} is not documented, or not what it seems",
		"定时表达式 {text} 里的 {part} 文档没有说明，或者含义并非字面所示",
	}},
	{"config/cron-every-second", Sentence{
		"{text} starts the function every second",
		"{text} 会让函数每秒触发一次",
	}},
	{"config/cron-never", Sentence{
		"{text} never comes due: no chosen month has such a day",
		"{text} 永远不会触发：所选的月份里没有这一天",
	}},

	{"config/no-such-function", Sentence{
		"{function} matches no function of the project",
		"项目里没有与 {function} 对应的云函数",
	}},
	{"config/no-such-function-near", Sentence{
		"{function} matches no function of the project; did you mean {near}?",
		"项目里没有与 {function} 对应的云函数，是不是想写 {near}？",
	}},
	{"config/copy-missing", Sentence{
		"there is nothing to copy at {from}",
		"要复制的 {from} 不存在",
	}},
	{"config/copy-around", Sentence{
		"{from} holds the functions themselves and cannot be copied into them",
		"{from} 包含了云函数目录本身，不能复制到函数里",
	}},

	// What is wrong in a function's config.json.
	{"config/build-differs", Sentence{
		"this file is built from another and says something else by now; build again",
		"本文件由构建生成，内容与源文件已不一致，请重新构建",
	}},
	{"config/json-comment", Sentence{
		"JSON has no comments; whether the cloud reads past them is not documented",
		"JSON 不支持注释；云端能否正确解析没有文档说明",
	}},
	{"config/json-trailing-comma", Sentence{
		"JSON has no trailing commas; whether the cloud reads past them is not documented",
		"JSON 不允许末尾多一个逗号；云端能否正确解析没有文档说明",
	}},
	{"config/json-bom", Sentence{
		"the file begins with a byte order mark, which JSON does not allow; save it as UTF-8 without one",
		"文件开头有 BOM，JSON 不允许；请另存为不带 BOM 的 UTF-8",
	}},
	{"config/json-duplicate-key", Sentence{
		"the key {key} stands here a second time; the last one counts",
		"键 {key} 在这里重复出现，只有最后一个生效",
	}},
	{"config/permissions-shape", Sentence{
		"permissions must be an object; found {found}",
		"permissions 应当是对象，实际是 {found}",
	}},
	{"config/openapi-shape", Sentence{
		"permissions.openapi must be a list of interface names; found {found}",
		"permissions.openapi 应当是由接口名组成的数组，实际是 {found}",
	}},
	{"config/openapi-entry", Sentence{
		"an interface name in double quotes must stand here; found {found}",
		"这里应当是用双引号括起来的接口名，实际是 {found}",
	}},
	{"config/blanks-around", Sentence{
		"{found} has blanks around the name; the cloud compares them too, so this permits nothing",
		"{found} 的接口名前后有空白；云端比较时不会忽略空白，这条声明不起作用",
	}},
	{"config/openapi-misplaced", Sentence{
		"openapi has no effect here; it belongs inside permissions",
		"openapi 写在这里不起作用，应当放到 permissions 里面",
	}},
	{"config/permissions-nested", Sentence{
		"permissions has no effect inside permissions; openapi belongs directly into the outer one",
		"permissions 里面再写 permissions 不起作用，openapi 应当直接放在外层的 permissions 里",
	}},
	{"config/key-misspelt", Sentence{
		"{key} has no effect; the key is spelt {right}",
		"{key} 不起作用，正确的键名是 {right}",
	}},
	{"config/config-js", Sentence{
		"the permissions are in config.js, which the cloud does not look at; write them as JSON into config.json",
		"权限写在了 config.js 里，不会生效；请以 JSON 格式写到 config.json 里",
	}},
	{"config/triggers-shape", Sentence{
		"triggers must be a list; found {found}",
		"triggers 应当是数组，实际是 {found}",
	}},
	{"config/triggers-misplaced", Sentence{
		"triggers has no effect inside permissions; it belongs at the top",
		"triggers 写在 permissions 里不起作用，应当放到最外层",
	}},
	{"config/trigger-entry", Sentence{
		"a trigger must be an object with name, type and config; found {found}",
		"触发器应当是包含 name、type、config 的对象，实际是 {found}",
	}},

	{"config/no-entry", Sentence{
		"there is no index.js, which the cloud starts the function with",
		"没有 index.js，云端无法启动这个函数",
	}},

	// What is wrong in its package.json.
	{"config/package-extras", Sentence{
		"npm and Node.js refuse a package.json with comments or trailing commas",
		"npm 和 Node.js 都不接受带注释或末尾多余逗号的 package.json",
	}},
	{"config/type-module", Sentence{
		"\"type\": \"module\" makes {entry} an ES module, which the cloud refuses to load (ERR_REQUIRE_ESM, reported for Nodejs18.15 and older); take it out, or load .mjs files from a CommonJS {entry} with import()",
		"\"type\": \"module\" 使 {entry} 成为 ES 模块，云端加载时会报 ERR_REQUIRE_ESM（Nodejs18.15 及更早版本有用户报告）；请去掉它，或让 {entry} 保持 CommonJS，再用 import() 加载 .mjs 文件",
	}},
	{"config/two-entries", Sentence{
		"main names {main}, whose code is checked, but the cloud's handler is index.main: it starts {index}",
		"main 指向 {main}，检查的是该文件的代码；但云端的入口是 index.main，实际启动的是 {index}",
	}},

	// Editing it.
	{"config/odd-name", Sentence{
		"{api} cannot be an interface name: it is empty or has spaces or invisible characters in it",
		"「{api}」不可能是接口名：它是空的，或者含有空格、不可见字符",
	}},
	{"config/hint-add-by-hand", Sentence{
		"put it right and run the command again, or add to permissions.openapi yourself: {apis}",
		"修正后重新运行命令，或者自行在 permissions.openapi 里加上：{apis}",
	}},
	{"config/hint-edit-by-hand", Sentence{
		"put it right and run the command again, or change permissions.openapi yourself: {apis}",
		"修正后重新运行命令，或者自行修改 permissions.openapi：{apis}",
	}},
	{"config/hint-remove-by-hand", Sentence{
		"put it right and run the command again, or take out of permissions.openapi yourself: {apis}",
		"修正后重新运行命令，或者自行从 permissions.openapi 里删除：{apis}",
	}},
}
