import { fixesHold } from './fixes-hold.ts';

fixesHold({
  promises: {
    'what is proposed for a bucket unlocks those meant and changes no other answer': { rules: 80, oracle: 5 },
    'an SCP, RCP or public access block that locks out a bucket is named, and nothing is said to end it': {
      rules: 30,
      oracle: 4,
    },
    'what is proposed for resources of other services, in three partitions, does as well': {
      rules: 80,
      oracle: 5,
    },
    'what is proposed for an EBS snapshot that a list shares does as well': { rules: 60, oracle: 5 },
    'what is proposed for an ECR repository, whose key asks no caller, does as well': {
      rules: 60,
      oracle: 5,
    },
  },
  keys: 40,
});
