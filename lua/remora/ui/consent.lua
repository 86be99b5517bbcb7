--- The question before a model is downloaded. It is asked once; the requests that wait for the model go on afterwards.
local M = {}

local host = require("remora.host")
local notice = require("remora.notice")
local requests = require("remora.requests")

local waiting = {} ---@type table<string, remora.Request[]> model -> requests
local pulls = {} ---@type table<string, string> model -> id of its pull

local function size(bytes)
  if not bytes then
    return "unknown"
  end
  return bytes >= 1e9 and ("%.1f GB"):format(bytes / 1e9) or ("%d MB"):format(math.ceil(bytes / 1e6))
end

--- All sources in the order in which they are tried.
local function sources(data)
  local list = #(data.sources or {}) > 0 and data.sources or { "its official source" }
  return table.concat(list, "\n            then ")
end

--- The question, one fact per line.
---@param data table of the error `no_model`
---@return string
function M.question(data)
  return table.concat({
    ("Remora needs the model %s."):format(data.name),
    ("  size      %s"):format(size(data.bytes)),
    ("  from      %s"):format(sources(data)),
    ("  licence   %s"):format(data.licence or "unknown"),
    ("  to        %s (%s free)"):format(vim.fn.fnamemodify(data.path or "", ":~"), size(data.free_bytes)),
    "Download it?",
  }, "\n")
end

--- Requests that wait for a model and are still open.
local function those_waiting(name)
  return vim.tbl_filter(function(request)
    return request.open
  end, waiting[name] or {})
end

local function each(name, run)
  local list = those_waiting(name)
  waiting[name], pulls[name] = nil, nil
  for _, request in ipairs(list) do
    request.stop = nil
    run(request)
  end
end

local function give_up(name, message)
  each(name, function(request)
    requests.fail(request, { code = "pull", message = message })
  end)
end

--- A stopped request stops the download when no other one waits for it.
local function stop(name, id)
  if #those_waiting(name) == 0 then
    waiting[name] = nil
    host.request("stop", { request = id })
    notice.info("download stopped; what came is kept, :RemoraEdit goes on.")
  end
end

--- Draw the pull `id` in place of the requests that wait for it.
local function follow(name, id)
  pulls[name] = id
  local list = those_waiting(name)
  if #list == 0 then
    return stop(name, id)
  end
  for _, request in ipairs(list) do
    request.stop = function()
      stop(name, id)
    end
    -- Of the pull's events only its end is ours.
    request.take = function(event)
      if event.kind == "done" then
        each(name, requests.submit)
      else
        give_up(name, event.message or "the download was stopped; ask again to resume it.")
      end
    end
  end
  requests.bind(id, list)
end

local function pull(name, root)
  host.request("pull", { name = name, root = root }, function(err, result)
    if err then
      give_up(name, err.message)
    else
      follow(name, result.request)
    end
  end)
end

--- Ask whether to download the model that `request` needs.
---@param request remora.Request
---@param err remora.Error
function M.ask(request, err)
  local name = err.data.name
  if #those_waiting(name) > 0 then
    table.insert(waiting[name], request)
    if pulls[name] then
      follow(name, pulls[name])
    end
    return
  end
  waiting[name], pulls[name] = { request }, nil
  local choices = { ("Download %s"):format(size(err.data.bytes)), "Not now" }
  vim.ui.select(choices, { prompt = M.question(err.data), kind = "remora.consent" }, function(choice)
    if #those_waiting(name) == 0 then
      return -- stopped meanwhile
    end
    if choice == choices[1] then
      return pull(name, request.params.root)
    end
    each(name, requests.stop)
    notice.info("nothing was downloaded; :RemoraEdit asks again.")
  end)
end

return M
