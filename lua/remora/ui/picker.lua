--- Lists: the open proposals, the status, the log.
local M = {}

local float = require("remora.ui.float")
local host = require("remora.host")
local notice = require("remora.notice")

local function workspace()
  local root = require("remora.config").get().root
  local name = vim.api.nvim_buf_get_name(0)
  return { root = root, path = name ~= "" and vim.bo.buftype == "" and name or vim.fn.getcwd() }
end

local function line(proposal)
  local path, name = require("remora.placing").parts(proposal.node)
  return table.concat({ name, path or "", vim.trim((proposal.request or ""):gsub("%s+", " ")) }, "  ")
end

local function review(id, root)
  host.request("get", { root = root, proposal = id }, function(err, proposal)
    if err then
      return notice.error(err.message)
    end
    local file = (proposal.files or {})[1]
    if file then
      local path = vim.startswith(file.path, "/") and file.path or vim.fs.joinpath(proposal.root, file.path)
      vim.cmd.edit(vim.fn.fnameescape(path))
    end
    require("remora").review().open(proposal)
  end)
end

--- Choose one of the workspace's open proposals, newest first, and review it.
function M.proposals()
  local where = workspace()
  host.request("proposals", vim.tbl_extend("force", where, { state = "draft" }), function(err, list)
    if err then
      return notice.error(err.message)
    end
    if #list == 0 then
      return notice.info("there are no open proposals; :RemoraEdit asks for one.")
    end
    vim.ui.select(list, { prompt = "Proposals", kind = "remora.proposal", format_item = line }, function(proposal)
      if proposal then
        review(proposal.id, proposal.root or where.root)
      end
    end)
  end)
end

--- Show what the server says about itself.
function M.status()
  host.request("status", {}, function(err, status)
    if err then
      return notice.error(err.message)
    end
    float.show(require("remora.ui.status").lines(status), "Remora status")
  end)
end

local function log_folder()
  local home = vim.env.REMORA_HOME
  if home and home ~= "" then
    return vim.fs.joinpath(home, "log")
  end
  local state = vim.env.XDG_STATE_HOME
  state = state and state:sub(1, 1) == "/" and state or vim.fs.joinpath(vim.uv.os_homedir(), ".local/state")
  return vim.fs.joinpath(state, "remora/log")
end

--- Open the newest log file, at its end.
function M.log()
  local newest, time
  for _, path in ipairs(vim.fn.glob(log_folder() .. "/*.log", false, true)) do
    local stat = vim.uv.fs_stat(path)
    if stat and (not time or stat.mtime.sec > time) then
      newest, time = path, stat.mtime.sec
    end
  end
  if not newest then
    return notice.warn(("there is no log yet in %s; the first request makes one."):format(log_folder()))
  end
  vim.cmd.split(vim.fn.fnameescape(newest))
  vim.bo.readonly, vim.bo.autoread = true, true
  vim.cmd("normal! G")
end

return M
