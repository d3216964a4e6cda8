package ai.quimbi.core.generation;

import java.util.List;

/// The composer's own sentences: greetings, acknowledgements, questions, closings. None of them
/// promises, prices, dates or counts anything; what does comes from the fact sheet alone.
final class Phrases {

  private Phrases() {}

  static List<String> greeting(Tone tone, Channel channel) {
    if (channel == Channel.PHONE_SCRIPT) {
      return switch (tone) {
        case PROFESSIONAL -> List.of("Good day%s, thank you for taking the time to talk.");
        case EMPATHETIC -> List.of("Hello%s, thank you for talking with me about this.");
        case FRIENDLY -> List.of("Hi%s, it is good to talk to you.");
        case ENTHUSIASTIC -> List.of("Hi%s, I am so glad to have you on the line!");
      };
    }
    return switch (tone) {
      case PROFESSIONAL -> List.of("Hello%s,", "Good day%s,");
      case EMPATHETIC -> List.of("Hello%s,", "Hi%s,");
      case FRIENDLY -> List.of("Hi%s,", "Hi there%s,", "Hey%s,");
      case ENTHUSIASTIC -> List.of("Hi%s!", "Hello%s!", "Hey%s!");
    };
  }

  static List<String> acknowledgement(Topic topic, Tone tone) {
    return switch (topic) {
      case SAFETY ->
          List.of(
              "Your safety comes before anything else here, and I am sorry this happened.",
              "I am very sorry, and I hope you are all right; nothing matters more right now.");
      case LEGAL ->
          List.of(
              "I understand how serious this is for you, and I take it just as seriously.",
              "Thank you for putting this in writing; it is being read with the care it needs.");
      case DAMAGED ->
          switch (tone) {
            case PROFESSIONAL ->
                List.of(
                    "I apologize that your order did not reach you in the condition it should have.",
                    "We apologize for the condition of what reached you.");
            case EMPATHETIC ->
                List.of(
                    "I am so sorry; opening a parcel and finding this is a real letdown.",
                    "I am sorry it reached you like this, and I understand how frustrating that is.");
            case FRIENDLY, ENTHUSIASTIC ->
                List.of(
                    "Oh no, I am sorry it reached you like this.",
                    "That is not how it should have reached you, and I am sorry.");
          };
      case WRONG_ITEM ->
          List.of(
              "I am sorry that what you received is not what you expected.",
              "I am sorry about the mix-up; let us get to the bottom of it.");
      case LATE ->
          switch (tone) {
            case PROFESSIONAL ->
                List.of("Thank you for asking about your order; I understand you want certainty.");
            case EMPATHETIC ->
                List.of(
                    "Waiting without knowing where things stand is hard, and I am sorry.",
                    "I understand how unsettling it is to wait without news.");
            case FRIENDLY, ENTHUSIASTIC ->
                List.of("I know waiting is no fun, so let us see where things stand.");
          };
      case CANCEL ->
          List.of(
              "Thank you for telling me; I understand that you want to stop this.",
              "I understand, and I want to make this easy for you.");
      case REFUND ->
          List.of(
              "I understand what you are asking for, and I am sorry it came to this.",
              "Thank you for telling me plainly; I am sorry this did not work out.");
      case RETURN ->
          List.of(
              "I am happy to help you with sending something back.",
              "Of course, let me help you with that.");
      case BILLING ->
          List.of(
              "I understand the worry when an amount does not look right.",
              "Thank you for raising this; an amount you did not expect deserves a clear answer.");
      case ACCOUNT ->
          List.of(
              "Let me help you get your account in order.",
              "Thank you for writing; account trouble is annoying, so let us sort it out.");
      case COMPLAINT ->
          switch (tone) {
            case PROFESSIONAL ->
                List.of(
                    "I apologize for the experience you describe, and thank you for your candor.");
            case EMPATHETIC ->
                List.of(
                    "I am truly sorry; I can hear how disappointing this has been.",
                    "I am sorry this has been such a letdown, and I appreciate that you told me.");
            case FRIENDLY, ENTHUSIASTIC ->
                List.of("I am sorry about this, and I am glad you told me.");
          };
      case THANKS ->
          List.of(
              "Thank you for the kind words; they mean a lot to us.",
              "It is lovely to hear that, thank you.");
      case PRICE ->
          List.of("That is a fair thing to ask.", "Thank you for asking about that directly.");
      case ADVICE ->
          switch (tone) {
            case PROFESSIONAL ->
                List.of("Thank you for your question.", "Thank you for describing what you need.");
            case EMPATHETIC ->
                List.of(
                    "It is easy to feel lost with so much to choose from, so let us keep it simple.",
                    "So much choice can be a lot to take in; let me help you narrow it down.");
            case FRIENDLY ->
                List.of("Good question, and a nice one to answer.", "Happy to help you choose.");
            case ENTHUSIASTIC ->
                List.of("What a great question!", "I love helping with a choice like this!");
          };
      case OTHER ->
          switch (tone) {
            case PROFESSIONAL -> List.of("Thank you for your message.");
            case EMPATHETIC -> List.of("Thank you for reaching out; I have read this carefully.");
            case FRIENDLY -> List.of("Thanks for your message.", "Thanks for getting in touch.");
            case ENTHUSIASTIC -> List.of("Great to hear from you!", "So good to hear from you!");
          };
    };
  }

  /// What is said where the facts do not hold the answer.
  static List<String> letMeCheck() {
    return List.of(
        "I do not have a confirmed answer to that yet, so let me check before I tell you something"
            + " that may not hold.",
        "I would rather be right than quick here: let me check and come back to you.",
        "That is not something I can confirm from what I have in front of me, so let me check.");
  }

  /// What the agent needs to know to go on; empty where nothing is needed.
  static List<String> request(Topic topic) {
    return switch (topic) {
      case SAFETY ->
          List.of(
              "Please stop using it for now, and if anybody is hurt, call a doctor first. Then tell"
                  + " me what happened and which item it was.");
      case LEGAL ->
          List.of(
              "So that nothing gets lost, could you send me the order number and your request?");
      case DAMAGED ->
          List.of(
              "Could you send me a photo of it and the order number?",
              "A photo and the order number would help me a lot; could you send them?");
      case WRONG_ITEM ->
          List.of("Could you tell me the order number, what arrived and what you expected?");
      case LATE ->
          List.of(
              "Could you send me the order number so that I can look at it?",
              "Which order number is it about?");
      case CANCEL -> List.of("Could you confirm the order number and what exactly should stop?");
      case REFUND, RETURN ->
          List.of(
              "Could you tell me the order number and what did not work for you?",
              "What is the order number, and what was the trouble with it?");
      case BILLING ->
          List.of(
              "Which amount is it, and from which day? Please do not send card numbers in a"
                  + " message.");
      case ACCOUNT ->
          List.of("Which step fails, and what do you see? Please never send me a password.");
      case COMPLAINT -> List.of("What would make the biggest difference for you now?");
      case PRICE, ADVICE, THANKS, OTHER -> List.of();
    };
  }

  static List<String> opener(Goal goal, Tone tone) {
    return switch (goal) {
      case NURTURE_LEAD ->
          switch (tone) {
            case PROFESSIONAL ->
                List.of(
                    "I am writing with something that may be useful for what you have planned.");
            case EMPATHETIC ->
                List.of("Starting with something new takes time, and I am here to make it easier.");
            case FRIENDLY ->
                List.of(
                    "I thought of you when I put this together.",
                    "I wanted to share something you may enjoy.");
            case ENTHUSIASTIC -> List.of("I have something I could not wait to share with you!");
          };
      case UPSELL ->
          switch (tone) {
            case PROFESSIONAL ->
                List.of("Going by what you have chosen so far, this may be of interest to you.");
            case EMPATHETIC ->
                List.of("I kept what matters to you in mind when I looked for what could help.");
            case FRIENDLY ->
                List.of(
                    "I came across something that goes well with what you like.",
                    "Here is an idea for what you could try next.");
            case ENTHUSIASTIC -> List.of("I found something that has your name on it!");
          };
      case WIN_BACK ->
          switch (tone) {
            case PROFESSIONAL -> List.of("We value you as a customer and would welcome you back.");
            case EMPATHETIC ->
                List.of("We have missed you, and I would like to know how you have been.");
            case FRIENDLY ->
                List.of("We have missed you around here.", "I noticed we have not heard from you.");
            case ENTHUSIASTIC -> List.of("We would love to have you back!");
          };
      case RESOLVE_SUPPORT_ISSUE ->
          switch (tone) {
            case PROFESSIONAL -> List.of("I am following up to make sure that all is in order.");
            case EMPATHETIC -> List.of("I wanted to see how you are getting on.");
            case FRIENDLY -> List.of("Just checking in to see whether all is well.");
            case ENTHUSIASTIC -> List.of("I am here and glad to help!");
          };
      case GENERIC_COMMUNICATION ->
          switch (tone) {
            case PROFESSIONAL -> List.of("I am getting in touch to see whether you need anything.");
            case EMPATHETIC -> List.of("I wanted to ask how things are going for you.");
            case FRIENDLY -> List.of("I just wanted to say hello and see how things are going.");
            case ENTHUSIASTIC -> List.of("I wanted to say hello and hear what you are up to!");
          };
    };
  }

  static List<String> question(Goal goal) {
    return switch (goal) {
      case NURTURE_LEAD ->
          List.of(
              "What are you planning at the moment?",
              "Would it help if I told you more about it?",
              "What would you like to know before you decide?");
      case UPSELL ->
          List.of(
              "Would you like to know more about it?",
              "Shall I tell you how it would work with what you already have?",
              "What are you working on next?");
      case WIN_BACK ->
          List.of(
              "What would make it worth coming back for you?",
              "Is there anything we could have done better?",
              "What are you working on these days?");
      case RESOLVE_SUPPORT_ISSUE ->
          List.of(
              "Is there anything else you would like to know?",
              "Does that answer your question?",
              "What else can I help you with?");
      case GENERIC_COMMUNICATION ->
          List.of("Is there anything I can help you with?", "What is on your mind?");
    };
  }

  static List<String> closing(Tone tone) {
    return switch (tone) {
      case PROFESSIONAL -> List.of("Kind regards", "Best regards");
      case EMPATHETIC -> List.of("Warmly", "With kind wishes");
      case FRIENDLY -> List.of("Best wishes", "All the best");
      case ENTHUSIASTIC -> List.of("Cheers", "With a big smile");
    };
  }
}
