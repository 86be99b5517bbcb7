--- What the user reads in the message area: errors, and the end of an approve. Nothing else is shown there.
local M = {}

local float = require("remora.ui.float")

local shown = {}

local GROUPS = {
  [vim.log.levels.ERROR] = "ErrorMsg",
  [vim.log.levels.WARN] = "WarningMsg",
  [vim.log.levels.INFO] = "Normal",
}

local function is_builtin(notify)
  return debug.getinfo(notify, "S").source:find("vim/_editor", 1, true) ~= nil
end

--- A text too long for the message line would stop the editor until Enter is pressed; a float does not.
--- It stands in one place only: in the line, or in the float and then in :messages without being shown there.
local function say(message, level)
  message = "remora: " .. message:gsub("^remora: ", "")
  float.dismiss()
  local fits = vim.fn.strdisplaywidth(message) < vim.v.echospace and not message:find("\n", 1, true)
  if not is_builtin(vim.notify) then
    return vim.notify(message, level)
  end
  vim.cmd.redraw() -- a message below another one, or below a question's answer, would ask for Enter
  if fits then
    return vim.notify(message, level)
  end
  local option = vim.o.messagesopt
  vim.o.messagesopt = option:gsub("hit%-enter", "wait:0")
  vim.api.nvim_echo({ { message } }, true, {})
  vim.api.nvim_echo({ { "" } }, false, {})
  vim.cmd.redraw()
  vim.o.messagesopt = option
  float.toast(message, GROUPS[level])
end

--- Show an error once: several requests that fail for one reason make one message.
---@param message string
function M.error(message)
  if not shown[message] then
    shown[message] = true
    say(message, vim.log.levels.ERROR)
  end
end

--- Show that something did not happen, though nothing failed.
---@param message string
function M.warn(message)
  if not shown[message] then
    shown[message] = true
    say(message, vim.log.levels.WARN)
  end
end

--- Show a result.
---@param message string
function M.info(message)
  say(message, vim.log.levels.INFO)
end

--- The user asked for something new: what was said is over, and may be said again.
function M.reset()
  shown = {}
  float.dismiss()
end

return M
