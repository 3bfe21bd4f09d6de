#include "host/harness/recorded_expectation.hpp"

#include <algorithm>
#include <limits>

#include "host/harness/expectations.hpp"
#include "host/harness/json_pointer.hpp"
#include "host/harness/variables.hpp"

namespace harness {
namespace {

using Json = nlohmann::json;

std::string json_type_of(const Json& value) {
  if (value.is_string()) return "string";
  if (value.is_boolean()) return "boolean";
  if (value.is_number_integer()) return "integer";
  if (value.is_number()) return "number";
  if (value.is_array()) return "array";
  return value.is_object() ? "object" : "null";
}

bool fits_toml(const Json& value) {
  return !value.is_number_unsigned() ||
         value.get<std::uint64_t>() <=
             static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
}

/// The text says no more than the structured content does.
bool repeats(const Seen& seen) {
  if (seen.structured.is_null()) return false;
  const Json parsed = Json::parse(seen.text, nullptr, false);
  return !parsed.is_discarded() && parsed == seen.structured;
}

}  // namespace

RecordedValues::RecordedValues(const Session& session) : same_({}, session.now) {
  if (!session.folder.empty()) same_.know("folder", session.folder.string());
  if (session.heard.client.size() < VolatileValues::kValueMin) return;  // It stands everywhere.
  same_.know("client", session.heard.client);
  variables_[Json(session.heard.client).dump()] = "client";
}

void RecordedValues::know(const Capture& capture, const Seen& seen) {
  std::string problem;
  const auto value = captured(capture, seen, {}, problem);
  if (!value) return;
  variables_[value->dump()] = capture.name;
  if (value->is_string()) same_.know(capture.name, value->get<std::string>());
}

Expectation RecordedValues::expectation(const Seen& seen,
                                        const std::vector<Capture>& captures) const {
  Expectation expect;
  if (seen.refused) {
    expect.refused = {.code = *seen.refused, .message = text(seen.text)};
    return expect;
  }
  if (seen.is_error) {
    expect.error = text(seen.text);
    return expect;
  }
  if (!repeats(seen)) expect.text = text(seen.text);
  if (!seen.structured.is_null()) gather(seen.structured, "", captures, expect.structured);
  return expect;
}

void RecordedValues::gather(const Json& value, const std::string& pointer,
                            const std::vector<Capture>& captures,
                            std::vector<MemberExpectation>& members) const {
  if (members.size() >= kMembersMax) return;
  const bool taken = std::ranges::any_of(captures, [&](const Capture& each) {
    return each.pattern.empty() && each.pointer == pointer;
  });
  if (taken) {
    members.push_back({.pointer = pointer, .matcher = {.type = json_type_of(value)}});
    return;
  }
  if (value.is_array() || (value.is_object() && value.empty())) {
    members.push_back({.pointer = pointer, .matcher = {.count = value.size()}});
  }
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      gather(value[i], pointer + "/" + std::to_string(i), captures, members);
    }
  } else if (value.is_object()) {
    for (const auto& [key, each] : value.items()) {
      gather(each, pointer + pointer_step(key), captures, members);
    }
  } else {
    members.push_back({.pointer = pointer, .matcher = leaf(value)});
  }
}

Matcher RecordedValues::leaf(const Json& value) const {
  if (const auto known = variables_.find(value.dump()); known != variables_.end()) {
    return {.equals = "${" + known->second + "}"};
  }
  if (value.is_string()) return text(value.get<std::string>());
  const bool changes = same_.same_json(value) != value;
  if (value.is_null() || changes || !fits_toml(value)) return {.type = json_type_of(value)};
  return {.equals = value};
}

/// What changes from run to run is expected by its form.
Matcher RecordedValues::text(const std::string& given) const {
  if (given.size() > kTextMax) {
    const std::string first = given.substr(0, given.find('\n'));
    if (!first.empty() && first.size() <= kTextMax && same_.same(first) == first) {
      return {.contains = {escaped(first)}};
    }
    return {.matches = {"(?s)."}};
  }
  const std::string form = same_.same(escaped(given));
  if (form == given) return {.equals = given};
  return {.like = form};
}

}  // namespace harness
