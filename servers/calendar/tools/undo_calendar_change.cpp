#include "schemas/calendar/undo_calendar_change.hpp"

#include "servers/calendar/context.hpp"

namespace calendar {

common::UndoResult undo_calendar_change(Context& context, const common::UndoArgs& args,
                                        mcp::Call& call) {
  return context.journal.undo(args, call);
}

}  // namespace calendar
