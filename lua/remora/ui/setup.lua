--- Set-up from inside Neovim: an offer to run scripts/setup, shown in a terminal split.
local M = {}

local host = require("remora.host")
local notice = require("remora.notice")

local asking = nil ---@type fun(ready: boolean)[]?

local function settle(ready, message)
  local waiting = asking or {}
  asking = nil
  vim.iter(waiting):each(function(resume)
    resume(ready, message)
  end)
  return #waiting > 0
end

--- Run scripts/setup in a terminal split, which closes when all went well. Calls that wait for Python then go on.
function M.run()
  local script = vim.fs.joinpath(host.folder(), "scripts", "setup")
  local function fail(message)
    if not settle(false, message) then
      notice.error(message)
    end
  end
  if vim.fn.filereadable(script) ~= 1 then
    return fail(("there is no %s; install the plugin again."):format(script))
  end
  local from = vim.api.nvim_get_current_win()
  vim.cmd("botright 12new")
  local terminal = vim.api.nvim_get_current_win()
  local ok = pcall(vim.fn.jobstart, { script }, {
    term = true,
    on_exit = function(_, code)
      if code ~= 0 then
        return fail("set-up did not finish; the terminal says why. :Remora setup tries again.")
      end
      if vim.api.nvim_win_is_valid(terminal) and #vim.api.nvim_tabpage_list_wins(0) > 1 then
        vim.api.nvim_win_close(terminal, true)
      end
      notice.info("Python is set up.")
      settle(true)
    end,
  })
  if not ok then
    vim.api.nvim_win_close(terminal, true)
    return fail(("cannot run %s; run it in a shell."):format(script))
  end
  vim.cmd("normal! G")
  vim.api.nvim_set_current_win(from)
end

--- Ask whether to set up Python; calls that wait for it are resumed, or told that it did not happen and why.
---@param resume fun(ready: boolean, message?: string)
function M.offer(resume)
  if asking then
    table.insert(asking, resume)
    return
  end
  asking = { resume }
  local choices = { "Run scripts/setup now", "Not now" }
  local prompt = "Remora has no Python environment yet. Set it up?"
  vim.ui.select(choices, { prompt = prompt, kind = "remora.setup" }, function(choice)
    if choice == choices[1] then
      M.run()
    else
      settle(false)
    end
  end)
end

return M
