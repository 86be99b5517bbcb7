--- Set-up from inside Neovim: an offer to run scripts/setup, shown in a terminal split.
local M = {}

local host = require("remora.host")
local notice = require("remora.notice")

local asking = nil ---@type fun(ready: boolean)[]?

local function settle(ready)
  local waiting = asking or {}
  asking = nil
  vim.iter(waiting):each(function(resume)
    resume(ready)
  end)
end

--- Run scripts/setup in a terminal split.
---@param ended? fun(ok: boolean)
function M.run(ended)
  local script = vim.fs.joinpath(host.folder(), "scripts", "setup")
  if vim.fn.filereadable(script) ~= 1 then
    notice.error(("there is no %s; install the plugin again."):format(script))
    return ended and ended(false)
  end
  vim.cmd("botright 12new")
  vim.fn.jobstart({ script }, {
    term = true,
    on_exit = function(_, code)
      if code ~= 0 then
        notice.error("set-up did not finish; its output in the terminal says why. :Remora setup tries again.")
      end
      if ended then
        ended(code == 0)
      end
    end,
  })
  vim.cmd("normal! G")
  vim.cmd.wincmd("p")
end

--- Ask whether to set up Python; calls that wait for it are resumed, or told that it did not happen.
---@param resume fun(ready: boolean)
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
      M.run(settle)
    else
      settle(false)
    end
  end)
end

return M
