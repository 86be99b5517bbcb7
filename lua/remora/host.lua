--- The Python host: find it, start it, call it. Every call is a notification; the editor never waits for Python.
local M = {}

---@class remora.Error
---@field code string
---@field message string a sentence for the user that ends in a next step
---@field data? table

--- `stopped`, `starting`, `ready`, `lost` (the server went away) or `failed`.
M.state = "stopped"

--- What the rest of the plugin does with what Python sends; set by `remora` (init.lua).
---@type { event: fun(event: table), request: table<string, fun(params: table): any>, lost: fun(message: string, was_waiting: boolean), exit: fun(err: remora.Error, code: integer), missing: fun(resume: fun(again: boolean, message?: string)) }
M.on = { request = {} }

local channel, leaving
local next_id = 0
local pending = {} ---@type table<integer, fun(err: remora.Error?, result: any)>
local stderr = ""

-- The version test stands before the import, so that an old interpreter says more than "No module named pynvim".
local BOOT = [[
import sys
if sys.version_info < (3, 11):
    sys.exit("it is Python %d.%d, and Remora needs 3.11 or newer" % sys.version_info[:2])
import pynvim
pynvim.start_host()]]

--- msgpack nil arrives as `vim.NIL`; here an absent value is nil.
local function without_nil(value)
  if value == vim.NIL then
    return nil
  end
  if type(value) == "table" then
    for key, item in pairs(value) do
      value[key] = without_nil(item)
    end
  end
  return value
end

---@return string folder that holds plugin/, lua/ and scripts/
function M.folder()
  local here = vim.uv.fs_realpath(debug.getinfo(1, "S").source:sub(2))
  return vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(here)))
end

--- Places where the interpreter may be, in order.
---@return string[]
function M.candidates()
  local windows = vim.fn.has("win32") == 1
  local tail = windows and "Scripts/python.exe" or "bin/python"
  local places =
    { vim.fs.joinpath(M.folder(), ".venv", tail), vim.fs.joinpath(vim.fn.stdpath("data"), "remora/venv", tail) }
  if vim.g.remora_python then
    table.insert(places, 1, vim.fn.expand(vim.g.remora_python))
  end
  return places
end

--- The interpreter to use. One that the user named is taken as it is, so that a wrong name is reported and not passed over.
---@return string? path nil when set-up has not run
function M.python()
  if vim.g.remora_python then
    return M.candidates()[1]
  end
  return vim.iter(M.candidates()):find(function(path)
    return vim.fn.executable(path) == 1
  end)
end

local function explain(code, python)
  local last = vim.trim(stderr):match("[^\n]*$")
  if stderr:find("No module named 'pynvim'", 1, true) then
    last = "it has no pynvim"
  elseif last == "" then
    last = ("exit code %d"):format(code)
  end
  return ("Python stopped (%s: %s). The next request starts it again; :checkhealth remora tells more."):format(
    python,
    last
  )
end

--- Answer every waiting call with one error.
local function fail_all(err)
  local waiting = pending
  pending = {}
  for _, callback in pairs(waiting) do
    callback(err)
  end
end

local function ended(err, code)
  channel, M.state = nil, "stopped"
  fail_all(err)
  M.on.exit(err, code)
end

---@return integer? channel
---@return remora.Error? err
local function start()
  if channel then
    return channel
  end
  local python = M.python()
  if not python then
    return nil, { code = "no_python", message = "Python is not set up yet; run scripts/setup in " .. M.folder() .. "." }
  end
  local file = vim.fs.joinpath(M.folder(), "rplugin/python3/remora_host.py")
  local path = vim.fs.joinpath(M.folder(), "python")
  if vim.env.PYTHONPATH and vim.env.PYTHONPATH ~= "" then
    path = path .. (vim.fn.has("win32") == 1 and ";" or ":") .. vim.env.PYTHONPATH
  end
  stderr = ""
  local this
  local ok, job = pcall(vim.fn.jobstart, { python, "-c", BOOT, file }, {
    rpc = true,
    env = { PYTHONPATH = path },
    on_stderr = function(_, data)
      stderr = (stderr .. table.concat(data, "\n")):sub(-4000)
    end,
    on_exit = function(_, code)
      if this == channel and not leaving then
        ended({ code = "host_exit", message = explain(code, python) }, code)
      end
    end,
  })
  if not ok or job <= 0 then
    local message = ("cannot run Python at %s; set vim.g.remora_python, or see :checkhealth remora."):format(python)
    return nil, { code = "no_python", message = message }
  end
  this, channel, M.state = job, job, "starting"
  vim.api.nvim_create_autocmd("VimLeavePre", {
    once = true,
    callback = function()
      leaving = true
    end,
  })
  return channel
end

--- Send `method` to the server and call back with its answer. Returns at once, also while Python is starting.
---@param method string
---@param params table
---@param callback? fun(err: remora.Error?, result: any) called later, exactly once
function M.request(method, params, callback)
  callback = callback or function() end
  local job, err = start()
  if not job and err.code == "no_python" and not vim.g.remora_python and M.on.missing then
    M.on.missing(function(again, message)
      if again then
        M.request(method, params, callback)
      else
        callback({ code = err.code, message = message or err.message })
      end
    end)
    return
  end
  if not job then
    vim.schedule(function()
      callback(err)
    end)
    return
  end
  next_id = next_id + 1
  pending[next_id] = callback
  local sent, why =
    pcall(vim.rpcnotify, job, "remora_call", next_id, method, next(params) and params or vim.empty_dict())
  if not sent then
    local id = next_id
    vim.schedule(function()
      M.on_reply(id, { code = "host_exit", message = ("Python is gone (%s); ask again to restart it."):format(why) })
    end)
  end
end

--- Called from Python: the answer to call `id`.
---@param id integer
---@param err remora.Error|vim.NIL|nil
---@param result any
function M.on_reply(id, err, result)
  local callback = pending[id]
  pending[id] = nil
  if callback then
    callback(without_nil(err), without_nil(result))
  end
end

--- Called from Python: news about a request.
---@param event table see doc/protocol.md
function M.on_event(event)
  M.on.event(without_nil(event))
end

--- Called from Python: the server asks the editor. The value returned is the answer.
---@param method string
---@param params table
function M.on_request(method, params)
  local answer = M.on.request[method]
  if not answer then
    error(("remora: the editor does not know %q; update the plugin"):format(method), 0)
  end
  return answer(without_nil(params))
end

--- Called from Python: the connection to the server changed.
---@param state "starting"|"ready"|"lost"|"failed"
---@param message string?
function M.on_state(state, message)
  M.state = state
  message = without_nil(message)
  if state == "lost" or state == "failed" then
    local was_waiting = next(pending) ~= nil
    message = message or "the server is gone. The next request starts a new one."
    fail_all({ code = "lost", message = message })
    M.on.lost(message, was_waiting)
  end
end

--- Whether Python runs; asking does not start it.
---@return boolean
function M.is_running()
  return channel ~= nil
end

--- End the host. Waiting calls fail; the next request starts a new one.
function M.stop()
  if channel then
    vim.fn.jobstop(channel)
  end
end

return M
