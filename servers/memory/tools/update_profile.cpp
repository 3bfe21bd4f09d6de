#include "schemas/memory/update_profile.hpp"

#include <algorithm>

#include "servers/memory/context.hpp"
#include "servers/memory/formats/profile.hpp"

namespace memory {
namespace {

/// The edits that a call asks for, and everything that is wrong with it.
class Reader final {
 public:
  void set(const Setting& setting, const std::string& place) {
    const std::vector<std::string> keys = keys_under(setting.key);
    if (keys.empty() || keys.front() != setting.key) {
      return complain(place + "/key", no_key(setting.key, keys));
    }
    Edit edit{.key = setting.key};
    if (const auto problem = read_value(setting.key, setting.value, edit.value.emplace())) {
      return complain(place + "/value", *problem);
    }
    add(std::move(edit), place + "/key");
  }

  void clear(const std::string& key, const std::string& place) {
    const std::vector<std::string> keys = keys_under(key);
    if (keys.empty()) complain(place, no_key(key, keys));
    for (const std::string& each : keys) add({.key = each}, place);
  }

  std::vector<Edit> edits() const {
    if (!complaints_.empty()) throw mcp::ToolError(complaints_);
    if (edits_.empty()) throw mcp::ToolError("expected keys to set or to clear, got none");
    return edits_;
  }

 private:
  static std::string no_key(const std::string& key, const std::vector<std::string>& inside) {
    std::string text = inside.empty() ? "no key " + key + " in the profile; it has"
                                      : key + " is a group; set one of";
    for (const std::string& each : inside.empty() ? keys_under("") : inside) text += " " + each;
    return text;
  }

  void add(Edit edit, const std::string& place) {
    if (std::ranges::find(edits_, edit.key, &Edit::key) != edits_.end()) {
      return complain(place, edit.key + " is given twice");
    }
    edits_.push_back(std::move(edit));
  }

  void complain(const std::string& place, const std::string& what) {
    complaints_ += (complaints_.empty() ? "" : "\n") + place + ": " + what;
  }

  std::vector<Edit> edits_;
  std::string complaints_;
};

}  // namespace

UpdateProfileResult update_profile(Context& context, const UpdateProfileArgs& args,
                                   mcp::Call& call) {
  Reader reader;
  for (std::size_t i = 0; i < args.set.size(); ++i) {
    reader.set(args.set[i], "/set/" + std::to_string(i));
  }
  for (std::size_t i = 0; i < args.clear.size(); ++i) {
    reader.clear(args.clear[i], "/clear/" + std::to_string(i));
  }
  const Source source{.origin = args.origin.empty() ? call.actor() : args.origin,
                      .untrusted = !args.origin.empty()};
  UpdateProfileResult result;
  for (const Store::Changed& change : context.store.edit_profile(
           reader.edits(), source, {.call = &call, .dry_run = args.dry_run})) {
    result.changes.push_back(
        {.key = change.edit.key, .before = change.before, .after = change.edit.value});
  }
  return result;
}

}  // namespace memory
