#include "host/harness/values.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "protocol/schema/schema.hpp"

namespace harness {
namespace {

using Json = nlohmann::json;

constexpr int kValueDepthMax = 6;
constexpr std::size_t kValueLengthMax = 200'000;
constexpr std::size_t kValueItemsMax = 1000;

const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

std::size_t size_at(const Json& schema, const char* key, std::size_t otherwise) {
  const Json* const value = member(schema, key);
  return value != nullptr && value->is_number_unsigned() ? value->get<std::size_t>() : otherwise;
}

const std::vector<std::string>& texts_of_format(const std::string& format) {
  static const std::map<std::string, std::vector<std::string>> texts{
      {"date-time", {"2026-03-16T09:00:00Z", "2026-12-31T23:59:59+01:00"}},
      {"date", {"2026-03-16", "2024-02-29"}},
      {"time", {"09:00:00Z", "23:59:59Z"}},
      {"duration", {"PT1H", "P1D"}},
      {"email", {"maja@example.com"}},
      {"hostname", {"example.com"}},
      {"ipv4", {"192.0.2.1"}},
      {"ipv6", {"2001:db8::1"}},
      {"uri", {"https://example.com/", "file:///tmp/a.txt"}},
      {"uri-reference", {"https://example.com/"}},
      {"url", {"https://example.com/"}},
      {"uuid", {"123e4567-e89b-42d3-a456-426614174000"}},
      {"json-pointer", {"/a"}},
      {"regex", {"a+"}},
      {"byte", {"aGVsbG8="}},
  };
  static const std::vector<std::string> none;
  const auto found = texts.find(format);
  return found == texts.end() ? none : found->second;
}

/// For a pattern: whichever of these matches.
const std::vector<std::string>& usual_texts() {
  static const std::vector<std::string> texts{"hello",
                                              "a",
                                              "1",
                                              "42",
                                              "abc",
                                              "A",
                                              "ABC",
                                              "abc-123",
                                              "ABC-123",
                                              "a_b",
                                              "2026-03-16",
                                              "2026-03-16T09:00:00Z",
                                              "09:00",
                                              "09:00:00",
                                              "#aabbcc",
                                              "1.0.0",
                                              "en",
                                              "en-US",
                                              "/tmp",
                                              "a.txt",
                                              "https://example.com/",
                                              "maja@example.com",
                                              "+48123456789",
                                              "0123456789abcdef0123456789abcdef",
                                              "123e4567-e89b-42d3-a456-426614174000",
                                              "AB",
                                              "ABCD1234",
                                              "00000000"};
  return texts;
}

bool is_about_time(std::string_view name) {
  const std::string plain = plain_name(name);
  for (const std::string_view word :
       {"date", "time", "start", "end", "when", "since", "until", "due", "deadline"}) {
    if (plain.find(word) != std::string::npos) return true;
  }
  return false;
}

/// Code points of an ASCII text: bytes.
std::string fitted_length(std::string text, std::size_t least, std::size_t most) {
  while (text.size() < std::min(least, kValueLengthMax)) text.push_back('a');
  if (text.size() > most) text.resize(most);
  return text;
}

void merge_into(Json& target, const Json& part) {
  for (const auto& [key, value] : part.items()) {
    if (target.contains(key) && target[key].is_object() && value.is_object()) {
      target[key].update(value);
    } else if (key == "required" && target.contains(key) && target[key].is_array() &&
               value.is_array()) {
      target[key].insert(target[key].end(), value.begin(), value.end());
    } else {
      target[key] = value;
    }
  }
}

}  // namespace

std::uint64_t Random::next() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

const std::vector<std::string>& edge_texts() {
  static const std::vector<std::string> texts{
      "",
      " ",
      "a",
      "Zażółć gęślą jaźń",
      "日本語",
      "👩‍👩‍👧 🙂",
      "e\u0301\u0323\u0301",
      "\u202Eabc\u202C",
      "\u00df\u0130\u0131",
      std::string("a\0b", 3),
      "two\nlines\tand a tab\r",
      "\"'\\/`",
      "%s%n%d{}{0}",
      "../../../../etc/hostname",
      "-1",
      "null",
      "__proto__",
      "\x7f\x01\x1b[31m",
      "*?[a-",
      "<a href=x>&amp;",
      std::string(10'000, 'x'),
      std::string(100'000, 'y'),
  };
  return texts;
}

std::string type_of(const Json& schema) {
  if (const Json* const type = member(schema, "type")) {
    if (type->is_string()) return type->get<std::string>();
    if (type->is_array()) {
      for (const Json& each : *type) {
        if (each.is_string() && each != "null") return each.get<std::string>();
      }
    }
  }
  if (member(schema, "properties") != nullptr) return "object";
  if (member(schema, "items") != nullptr) return "array";
  if (member(schema, "minimum") != nullptr || member(schema, "maximum") != nullptr) return "number";
  return "string";
}

Json Values::resolved(const Json& schema) const {
  Json now = schema;
  for (int steps = 0; steps < kValueDepthMax && now.is_object(); ++steps) {
    const Json* const ref = member(now, "$ref");
    if (ref != nullptr && ref->is_string() &&
        ref->get_ref<const std::string&>().starts_with("#/")) {
      const std::string path = ref->get<std::string>().substr(1);
      const Json* target = &root_;
      std::size_t at = 0;
      while (target != nullptr && at < path.size()) {
        const std::size_t end = std::min(path.find('/', at + 1), path.size());
        target = member(*target, path.substr(at + 1, end - at - 1).c_str());
        at = end;
      }
      now.erase("$ref");
      if (target != nullptr && target->is_object()) merge_into(now, *target);
      continue;
    }
    const char* alternatives = now.contains("anyOf") ? "anyOf" : "oneOf";
    if (now.contains(alternatives) && now[alternatives].is_array()) {
      const Json list = now[alternatives];
      now.erase(alternatives);
      for (const Json& each : list) {
        if (!each.is_object() || each.value("type", Json()) == "null") continue;
        merge_into(now, each);
        break;
      }
      continue;
    }
    if (!now.contains("allOf") || !now["allOf"].is_array()) break;
    const Json list = now["allOf"];
    now.erase("allOf");
    for (const Json& each : list) {
      if (each.is_object()) merge_into(now, each);
    }
  }
  return now;
}

Json Values::make(const Json& schema, const Wish& wish) const {
  return make_at(schema, wish, 0);
}

Json Values::make_at(const Json& raw, const Wish& wish, int depth) const {
  const Json schema = resolved(raw);
  if (depth > kValueDepthMax || !schema.is_object()) return nullptr;
  if (const Json* const value = member(schema, "const")) return *value;
  for (const char* key : {"enum", "examples"}) {
    const Json* const list = member(schema, key);
    if (list != nullptr && list->is_array() && !list->empty())
      return (*list)[wish.choice % list->size()];
  }
  const std::string type = type_of(schema);
  if (type == "object") return object(schema, wish, depth);
  if (type == "array") return array(schema, wish, depth);
  if (type == "boolean") return wish.choice % 2 == 1;
  if (type == "null") return nullptr;
  return type == "string" ? text(schema, wish) : number(schema, wish);
}

Json Values::object(const Json& schema, const Wish& wish, int depth) const {
  Json made = Json::object();
  const Json* const properties = member(schema, "properties");
  const Json* const required = member(schema, "required");
  const auto is_required = [&](const std::string& name) {
    return required != nullptr && required->is_array() &&
           std::ranges::find(*required, Json(name)) != required->end();
  };
  if (properties != nullptr && properties->is_object()) {
    for (const auto& [name, property] : properties->items()) {
      if (!wish.with_optional && !is_required(name)) continue;
      made[name] = make_at(
          property,
          {.name = name, .choice = wish.choice, .with_optional = wish.with_optional && depth < 2},
          depth + 1);
    }
  }
  if (required != nullptr && required->is_array()) {
    for (const Json& name : *required) {
      if (name.is_string() && !made.contains(name.get_ref<const std::string&>()))
        made[name.get_ref<const std::string&>()] = "hello";
    }
  }
  return made;
}

Json Values::array(const Json& schema, const Wish& wish, int depth) const {
  const std::size_t least = size_at(schema, "minItems", 1);
  const std::size_t most = size_at(schema, "maxItems", kValueItemsMax);
  Json made = Json::array();
  const Json* const items = member(schema, "items");
  const Json any = {{"type", "string"}};
  for (std::size_t i = 0; i < std::min({std::max<std::size_t>(least, 1), most, kValueItemsMax});
       ++i)
    made.push_back(
        make_at(items == nullptr ? any : *items,
                {.name = wish.name, .choice = wish.choice + i, .with_optional = wish.with_optional},
                depth + 1));
  return made;
}

Json Values::text(const Json& schema, const Wish& wish) const {
  std::vector<std::string> likely;
  for (const Json& value : harvest_.values_for(wish.name)) {
    if (value.is_string()) likely.push_back(value.get<std::string>());
  }
  if (const Json* const value = member(schema, "default"); value != nullptr && value->is_string())
    likely.insert(likely.begin(), value->get<std::string>());
  if (const Json* const format = member(schema, "format");
      format != nullptr && format->is_string()) {
    const std::vector<std::string>& texts = texts_of_format(format->get_ref<const std::string&>());
    likely.insert(likely.end(), texts.begin(), texts.end());
  }
  if (member(schema, "pattern") != nullptr)
    likely.insert(likely.end(), usual_texts().begin(), usual_texts().end());
  if (is_about_time(wish.name)) likely.insert(likely.end(), {"2026-03-16T09:00:00Z", "2026-03-16"});
  likely.insert(likely.end(), {"hello", "a"});
  const std::size_t least = size_at(schema, "minLength", 0);
  const std::size_t most = size_at(schema, "maxLength", kValueLengthMax);
  const schema::Schema judge(schema);
  std::vector<std::string> fitting;
  for (const std::string& each : likely) {
    std::string text =
        each.size() < least || each.size() > most ? fitted_length(each, least, most) : each;
    if (judge.check(text).valid()) fitting.push_back(std::move(text));
  }
  if (fitting.empty()) return fitted_length("hello", least, most);
  return fitting[wish.choice % fitting.size()];
}

Json Values::number(const Json& schema, const Wish& wish) const {
  const bool whole = type_of(schema) == "integer";
  const schema::Schema judge(schema);
  std::vector<Json> likely;
  if (const Json* const value = member(schema, "default"); value != nullptr && value->is_number())
    likely.push_back(*value);
  for (const Json& value : harvest_.values_for(wish.name)) {
    if (value.is_number()) likely.push_back(value);
  }
  for (const int each : {1, 2, 3, 5, 10, 0, 20, 50, 100, -1}) likely.emplace_back(each);
  for (const char* key :
       {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}) {
    const Json* const limit = member(schema, key);
    if (limit == nullptr || !limit->is_number()) continue;
    likely.push_back(*limit);
    for (const double step : {1.0, -1.0, 0.5}) {
      const double near = limit->get<double>() + step;
      if (!whole) likely.emplace_back(near);
      if (whole && std::abs(near) < 9e15) likely.emplace_back(static_cast<std::int64_t>(near));
    }
  }
  std::vector<Json> fitting;
  for (const Json& each : likely) {
    if (judge.check(each).valid()) fitting.push_back(each);
  }
  return fitting.empty() ? Json(1) : fitting[wish.choice % fitting.size()];
}

Json Values::random(const Json& raw, std::string_view name, Random& random) const {
  const Json schema = resolved(raw);
  const std::string type = type_of(schema);
  const bool closed = schema.contains("enum") || schema.contains("const");
  if (type == "object" && schema.contains("properties") && schema["properties"].is_object()) {
    Json made = make(schema, {.name = name, .choice = random.below(8)});
    for (const auto& [key, property] : schema["properties"].items()) {
      if (made.contains(key) || random.below(3) == 0)
        made[key] = this->random(property, key, random);
    }
    return made;
  }
  if (type == "array" && !closed) {
    Json made = Json::array();
    const std::size_t least = size_at(schema, "minItems", 0);
    const std::size_t count = least + random.below(4);
    const Json items = schema.value("items", Json{{"type", "string"}});
    for (std::size_t i = 0; i < std::min(count, size_at(schema, "maxItems", kValueItemsMax)); ++i)
      made.push_back(this->random(items, name, random));
    return made;
  }
  if (type == "string" && !closed && random.below(3) == 0) {
    const std::string text = edge_texts()[random.below(edge_texts().size())];
    if (schema::Schema(schema).check(text).valid()) return text;
  }
  return make(schema, {.name = name, .choice = random.below(16)});
}

}  // namespace harness
