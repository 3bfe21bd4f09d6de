#include "host/harness/cases.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace harness {
namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;
using Kind = Case::Kind;

constexpr int kDepthMax = 3;
constexpr std::size_t kLengthMax = 100'000;  // Of a text made to reach a limit.
constexpr std::size_t kItemsMax = 2000;
constexpr std::size_t kManyItems = 100;
constexpr double kWholeMax = 9007199254740992.0;  // 2^53

/// Collects the cases of one tool.
class Maker {
 public:
  Maker(const Tool& tool, const Values& values) : tool_(tool), values_(values) {}

  /// The members of the object schema `raw`, which stands at `at` in `base`.
  void object(const Json& raw, const Json& base, const Pointer& at, int depth) {
    const Json schema = values_.resolved(raw);
    if (!schema.is_object() || depth > kDepthMax) return;
    if (schema.value("additionalProperties", Json()) == false) {
      Json arguments = base;
      arguments[at]["no_such_member"] = 1;
      add(Kind::Extra, std::move(arguments), at / "no_such_member", "no_such_member");
    }
    const auto properties = schema.find("properties");
    if (properties == schema.end() || !properties->is_object()) return;
    const Json required = schema.value("required", Json::array());
    for (const auto& [name, property] : properties->items()) {
      Json with = base;
      if (!with[at].contains(name))
        with[at][name] = values_.make(property, {.name = name, .choice = 0});
      const bool needed =
          required.is_array() && std::ranges::find(required, Json(name)) != required.end();
      if (needed) {
        Json without = base;
        without[at].erase(name);
        add(Kind::Missing, std::move(without), at / name, name);
      }
      // Where it may be left out, null often stands for that.
      put(needed ? Kind::WrongType : Kind::Null, with, at / name, name, nullptr);
      argument(property, with, at / name, name, depth);
    }
  }

  std::vector<Case> take() { return std::move(cases_); }

 private:
  void argument(const Json& raw, const Json& base, const Pointer& at, const std::string& name,
                int depth) {
    const Json schema = values_.resolved(raw);
    if (!schema.is_object()) return;
    const std::string type = type_of(schema);
    put(Kind::WrongType, base, at, name, wrong_for(type));
    if (schema.contains("enum")) {
      put(Kind::Unlisted, base, at, name, type == "string" ? Json("no-such-value") : Json(987654));
      for (const Json& value : schema["enum"]) put(Kind::Edge, base, at, name, value);
    } else if (type == "string") {
      text(schema, base, at, name);
    } else if (type == "integer" || type == "number") {
      number(schema, type == "integer", base, at, name);
    } else if (type == "boolean") {
      put(Kind::Edge, base, at, name, true);
      put(Kind::Edge, base, at, name, false);
    } else if (type == "array") {
      array(schema, base, at, name, depth);
    } else if (type == "object") {
      put(Kind::Edge, base, at, name, Json::object());
      object(schema, base, at, depth + 1);
    }
  }

  static Json wrong_for(const std::string& type) {
    if (type == "string" || type == "array") return {{"unexpected", true}};
    if (type == "boolean") return "maybe";
    return "neither a number nor an object";
  }

  /// `low` and `high` are made by `make(n)`; n steps from the schema's own limits.
  template <class Make>
  void limits(const Json& schema, const char* least, const char* most, double largest,
              const Json& base, const Pointer& at, const std::string& name, const Make& make) {
    if (const auto low = schema.find(least);
        low != schema.end() && low->is_number() && low->get<double>() <= largest) {
      bound(base, at, name, make(low->get<double>()), make(low->get<double>() + 1));
      if (const Json below = make(low->get<double>() - 1); !below.is_null())
        put(Kind::OutOfBounds, base, at, name, below);
    }
    if (const auto high = schema.find(most);
        high != schema.end() && high->is_number() && high->get<double>() <= largest) {
      bound(base, at, name, make(high->get<double>()), make(high->get<double>() - 1));
      put(Kind::OutOfBounds, base, at, name, make(high->get<double>() + 1));
    }
  }

  void text(const Json& schema, const Json& base, const Pointer& at, const std::string& name) {
    limits(schema, "minLength", "maxLength", kLengthMax, base, at, name, [](double length) {
      return length < 0 ? Json() : Json(std::string(static_cast<std::size_t>(length), 'a'));
    });
    for (const std::string& edge : edge_texts()) put(Kind::Edge, base, at, name, edge);
  }

  void number(const Json& schema, bool whole, const Json& base, const Pointer& at,
              const std::string& name) {
    const auto make = [&](double value) {
      return whole && std::floor(value) == value ? Json(static_cast<std::int64_t>(value))
                                                 : Json(value);
    };
    limits(schema, "minimum", "maximum", kWholeMax, base, at, name, make);
    limits(schema, "exclusiveMinimum", "exclusiveMaximum", kWholeMax, base, at, name, make);
    for (const std::int64_t each :
         {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{2147483648},
          std::int64_t{9007199254740993}, std::int64_t{-9007199254740993}})
      put(Kind::Edge, base, at, name, each);
    put(whole ? Kind::WrongType : Kind::Edge, base, at, name, 1.5);
    put(Kind::Edge, base, at, name, 1e300);
  }

  void array(const Json& schema, const Json& base, const Pointer& at, const std::string& name,
             int depth) {
    const Json items = schema.value("items", Json{{"type", "string"}});
    const auto make = [&](double count) {
      if (count < 0) return Json();
      Json list = Json::array();
      for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
        list.push_back(values_.make(items, {.name = name, .choice = i}));
      return list;
    };
    limits(schema, "minItems", "maxItems", kItemsMax, base, at, name, make);
    for (const double count : {0.0, 1.0, 2.0, static_cast<double>(kManyItems)})
      put(Kind::Edge, base, at, name, make(count));
    put(Kind::Edge, base, at, name, Json::array({nullptr}));
    Json with_one = base;
    with_one[at] = make(1);
    if (type_of(values_.resolved(items)) == "object") {
      object(items, with_one, at / 0, depth + 1);
    } else if (depth < kDepthMax) {
      argument(items, with_one, at / 0, name, depth + 1);
    }
  }

  void bound(const Json& base, const Pointer& at, const std::string& name, const Json& value,
             const Json& inside) {
    Json neighbour = base;
    neighbour[at] = inside;
    if (value.is_null() || !tool_.input_schema.check(neighbour).valid()) return;
    put(Kind::Bound, base, at, name, value);
    cases_.back().neighbour = std::move(neighbour);
  }

  void put(Kind kind, const Json& base, const Pointer& at, const std::string& name,
           const Json& value) {
    Json arguments = base;
    arguments[at] = value;
    add(kind, std::move(arguments), at, name);
  }

  void add(Kind kind, Json arguments, const Pointer& at, const std::string& name) {
    const schema::Verdict verdict = tool_.input_schema.check(arguments);
    // What cannot be judged may not be expected to fail.
    const bool valid = verdict.valid();
    const bool should_fail = kind == Kind::Missing || kind == Kind::WrongType ||
                             kind == Kind::OutOfBounds || kind == Kind::Unlisted ||
                             kind == Kind::Extra;
    const bool doubtful = !verdict.not_checked.empty() || valid;
    cases_.push_back({.kind = should_fail && doubtful         ? Kind::Edge
                              : kind == Kind::Bound && !valid ? Kind::Edge
                                                              : kind,
                      .arguments = std::move(arguments),
                      .pointer = at.to_string(),
                      .name = name,
                      .valid = valid});
  }

  const Tool& tool_;
  const Values& values_;
  std::vector<Case> cases_;
};

}  // namespace

std::vector<Case> make_cases(const Tool& tool, const Json& base, const Values& values,
                             Random& random, std::size_t most) {
  Maker maker(tool, values);
  maker.object(tool.input, base, Pointer(), 0);
  std::vector<Case> cases = maker.take();
  // What says something about the schema stays; of the edges, a random choice.
  while (cases.size() > most) {
    const std::size_t at = random.below(cases.size());
    if (cases[at].kind == Kind::Edge || cases[at].kind == Kind::Null || random.below(8) == 0)
      cases.erase(cases.begin() + static_cast<std::ptrdiff_t>(at));
  }
  for (const Json& arguments : {Json::array({1}), Json("text"), Json()})
    cases.push_back({.kind = Kind::NoObject, .arguments = arguments});
  return cases;
}

}  // namespace harness
