#include "schemas/memory/get_profile.hpp"

#include "servers/memory/context.hpp"
#include "servers/memory/formats/profile.hpp"

namespace memory {

GetProfileResult get_profile(Context& context, const GetProfileArgs& args, mcp::Call&) {
  if (keys_under(args.key).empty()) {
    throw mcp::ToolError("/key: no key " + args.key +
                         " in the profile; it has identity, preferences and goals");
  }
  return {.profile = profile_json(context.store.profile(), args.key)};
}

}  // namespace memory
