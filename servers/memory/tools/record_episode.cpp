#include "schemas/memory/record_episode.hpp"

#include <algorithm>

#include "servers/memory/context.hpp"

namespace memory {

RecordEpisodeResult record_episode(Context& context, const RecordEpisodeArgs& args,
                                   mcp::Call& call) {
  for (std::size_t i = 0; i < args.tags.size(); ++i) {
    if (args.tags[i].find('\n') == std::string::npos) continue;
    throw mcp::ToolError("/tags/" + std::to_string(i) + ": a tag is one line");
  }
  const common::Time at =
      args.at ? context.times.point(*args.at, {.pointer = "/at", .toward = common::Toward::Past})
              : context.times.now();
  return {.id = context.store.add({.kind = Kind::Episode,
                                   .text = args.text,
                                   .at = at,
                                   .action = args.action,
                                   .outcome = args.outcome,
                                   .feedback = args.feedback,
                                   .tags = args.tags,
                                   .origin = args.origin.empty() ? call.actor() : args.origin,
                                   .untrusted = !args.origin.empty()},
                                  {.call = &call})};
}

}  // namespace memory
