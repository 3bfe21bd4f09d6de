#include "tests/unit/schemas/sample_server.hpp"

#include "schemas/sample/list_things.hpp"
#include "schemas/sample/read_page.hpp"

namespace sample {

ListThingsResult list_things(Context& context, const ListThingsArgs& args, mcp::Call& call) {
  context.seen = args;
  if (args.name == "write") call.set_change_id("c1");
  return context.answer;
}

ReadPageResult read_page(Context& /*context*/, const ReadPageArgs& args, mcp::Call& /*call*/) {
  return {.content = "page of «" + args.path + "»"};
}

}  // namespace sample
