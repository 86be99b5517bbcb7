--- The question before a model is downloaded. It is asked once; the requests that wait for the model go on afterwards.
local M = {}

local host = require("remora.host")
local notice = require("remora.notice")
local requests = require("remora.requests")

local waiting = {} ---@type table<string, remora.Request[]> model -> requests

local function size(bytes)
  if not bytes then
    return "unknown"
  end
  return bytes >= 1e9 and ("%.1f GB"):format(bytes / 1e9) or ("%d MB"):format(math.ceil(bytes / 1e6))
end

local function source(data)
  local first = (data.sources or {})[1]
  return type(first) == "table" and (first.url or first.repo or first.name) or first or "its official source"
end

--- The question, one fact per line.
---@param data table of the error `no_model`
---@return string
function M.question(data)
  return table.concat({
    ("Remora needs the model %s."):format(data.name),
    ("  size      %s"):format(size(data.bytes)),
    ("  source    %s"):format(source(data)),
    ("  licence   %s"):format(data.licence or "unknown"),
    ("  to        %s (%s free)"):format(vim.fn.fnamemodify(data.path or "", ":~"), size(data.free_bytes)),
    "Download it?",
  }, "\n")
end

local function each(name, run)
  local list = waiting[name] or {}
  waiting[name] = nil
  vim.iter(list):each(run)
end

local function give_up(name, err)
  each(name, function(request)
    requests.fail(request, err)
  end)
end

local function pull(name, root)
  host.request("pull", { name = name, root = root }, function(err, result)
    if err then
      return give_up(name, err)
    end
    -- The pull's events are drawn in place of the requests'; only its end is ours.
    for _, request in ipairs(waiting[name]) do
      request.take = function(event)
        if event.kind == "done" then
          each(name, requests.submit)
        else
          give_up(name, {
            code = "pull",
            message = event.message or "the download was stopped; ask again to resume it.",
          })
        end
      end
    end
    requests.bind(result.request, waiting[name])
  end)
end

--- Ask whether to download the model that `request` needs.
---@param request remora.Request
---@param err remora.Error
function M.ask(request, err)
  local name = err.data.name
  if waiting[name] then
    table.insert(waiting[name], request)
    return
  end
  waiting[name] = { request }
  local choices = { ("Download %s"):format(size(err.data.bytes)), "Not now" }
  vim.ui.select(choices, { prompt = M.question(err.data), kind = "remora.consent" }, function(choice)
    if choice == choices[1] then
      return pull(name, request.params.root)
    end
    each(name, requests.stop)
    notice.info(("nothing was downloaded; `remora model pull %s` gets the model later."):format(name))
  end)
end

return M
